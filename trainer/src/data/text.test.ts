import { describe, expect, it } from 'vitest';
import { textOf } from './text.ts';

const TEXT = '{"classes": ["Käse", "犬"]}';

const bigEndian = (text: string): Buffer => Buffer.from(text, 'utf16le').swap16();

describe('the text of a file', () => {
  it.each([
    ['UTF-8', Buffer.from(TEXT)],
    ['UTF-8 with a mark', Buffer.from(`\ufeff${TEXT}`)],
    ['UTF-8 with two marks', Buffer.from(`\ufeff\ufeff${TEXT}`)],
    ['UTF-16, little-endian, with a mark', Buffer.from(`\ufeff${TEXT}`, 'utf16le')],
    ['UTF-16, little-endian', Buffer.from(TEXT, 'utf16le')],
    ['UTF-16, big-endian, with a mark', bigEndian(`\ufeff${TEXT}`)],
    ['UTF-16, big-endian', bigEndian(TEXT)],
  ])('is read from %s', (_, bytes) => {
    expect(textOf('spec.json', bytes)).toBe(TEXT);
  });

  it('may be empty', () => {
    expect(textOf('classes.txt', Buffer.alloc(0))).toBe('');
  });

  it('in another encoding is refused, and where it is seen', () => {
    expect(() => textOf('classes.txt', Buffer.from('dog\nKäse\n', 'latin1'))).toThrow('classes.txt: line 2 is not UTF-8');
    expect(() => textOf('a.json', Buffer.from([0xff, 0xfe, 0, 0, 0x7b, 0, 0, 0]))).toThrow('a.json: is UTF-32 text; save it as UTF-8');
    expect(() => textOf('a.json', Buffer.from([0xff, 0xfe, 0x7b]))).toThrow('a.json: begins as UTF-16LE, but is not');
  });
});
