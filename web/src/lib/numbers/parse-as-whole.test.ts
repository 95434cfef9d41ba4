import { describe, expect, it } from 'vitest';
import { parseAsWhole } from './parse-as-whole.ts';

const parse = (text: string) => parseAsWhole(0, 2000).parse(text);

describe('a whole number in an address', () => {
  it('is read as in a form, to its last character', () => {
    expect(['5', '1,000', '1e3', '1 000', '-0'].map(parse)).toEqual([5, 1000, 1000, 1000, 0]);
  });

  it('is not given, if it cannot be read or lies outside', () => {
    for (const text of ['2abc', '0x10', '1.5', '-1', '2001', '99999999999', '1.000', '', 'NaN']) expect(parse(text), text).toBeNull();
  });
});
