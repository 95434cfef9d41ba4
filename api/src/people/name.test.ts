import { describe, expect, it } from 'vitest';
import { comparableName, readName } from './name.ts';

describe('a name', () => {
  it('is kept as it reads, and compared without case, width and repeated blanks', () => {
    expect(readName('  Ada   Lovelace ')).toEqual({ name: 'Ada Lovelace', username: 'ada lovelace' });
    expect(comparableName('ＡＤＡ')).toBe(comparableName('Ada'));
    expect(comparableName('Zoe\u0308')).toBe(comparableName('Zoë'));
    for (const name of ["O'Neill", 'J. R. Smith', 'Jean-Luc', 'Ольга', '李明', 'user_1']) expect(readName(name).name, name).toBe(name);
  });

  it.each([
    ['', /0 characters; 2 to 40/],
    ['A', /1 characters/],
    ['A'.repeat(41), /41 characters/],
    ['<b>Ada</b>', /letters, digits/],
    ['Ada\u202eb', /letters, digits/],
    ['Ada\u200b', /letters, digits/],
    ['a@b.example', /letters, digits/],
    ['-Ada', /letters, digits/],
    ['Ada -- B', /letters, digits/],
    ['Аda', /scripts that look alike/],
    ['Owner', /the name of the key/],
  ])('%j is refused, saying why', (text, why) => {
    expect(() => readName(text)).toThrow(why);
  });
});
