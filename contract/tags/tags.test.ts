import { describe, expect, it } from 'vitest';
import { checkTags, readTags, splitTyped } from './tags.ts';

describe('tags', () => {
  it('may hold spaces: a comma, a tab or the end of a line parts two of them, a space does not', () => {
    expect(readTags(['my tag'])).toEqual(['my tag']);
    expect(readTags(['my tag, other', 'third\nfourth\tfifth'])).toEqual(['my tag', 'other', 'third', 'fourth', 'fifth']);
    expect(readTags(['基線，対照、三'])).toEqual(['基線', '対照', '三']);
  });

  it('stand once each, without spaces around them and with single ones within', () => {
    expect(readTags([' look ', 'look', '', ' , ', 'my \u00a0 tag', 'my tag'])).toEqual(['look', 'my tag']);
  });

  it('read back as themselves', () => {
    const tags = ['my tag', 'b', '😀 c'];
    expect(readTags(tags)).toEqual(tags);
    expect(readTags([tags.join(', ')])).toEqual(tags);
  });

  it('are at most 20 of at most 40 characters, however many code units those take', () => {
    expect(checkTags(['😀'.repeat(40)])).toBeNull();
    expect(checkTags(['ok', 'x'.repeat(41)])).toBe(`has “${'x'.repeat(40)}…”, which is 41 characters long; at most 40 are allowed.`);
    expect(checkTags(Array.from({ length: 20 }, (_, i) => `${i}`))).toBeNull();
    expect(checkTags(Array.from({ length: 21 }, (_, i) => `${i}`))).toBe('has 21 tags; at most 20 are allowed.');
  });

  it('are complete once something has ended them', () => {
    expect(splitTyped('my ta')).toEqual({ complete: [], typed: 'my ta' });
    expect(splitTyped('my tag, other,thi')).toEqual({ complete: ['my tag', 'other'], typed: 'thi' });
    expect(splitTyped('my tag,')).toEqual({ complete: ['my tag'], typed: '' });
  });
});
