import { describe, expect, it } from 'vitest';
import { splitList } from './split-list.ts';

const upTo = (max: number) => (value: number) => value <= max;

describe('a list of numbers', () => {
  it.each([
    ['1, 2, 3', ['1', '2', '3']],
    ['1,2,3', ['1', '2', '3']],
    ['1 2 3', ['1', '2', '3']],
    ['60;120', ['60', '120']],
    [' 1 ,\n2,, ', ['1', '2']],
    ['100, 200, 300', ['100', '200', '300']],
    ['100; 200', ['100', '200']],
    ['60,1200', ['60', '1200']],
    ["8\u202f000, 9'000", ["8'000", "9'000"]],
    ['١، ٢؛ ٣', ['1', '2', '3']],
    ['', []],
  ])('%j has the items %j', (text, items) => expect(splitList(text, upTo(2147483647))).toEqual({ items, problem: null }));

  it.each(['1,000', '1 000', '100,200,300', '5, 10,000', '1, 100 200', '12,345; 7'])('%j may be fewer numbers, and is refused', (text) => {
    expect(splitList(text, upTo(2147483647)).problem).toMatch(/can mean one number or \d: write \d+, or \d+; \d+/);
  });

  it('parts what could not be one number in its field', () => {
    expect(splitList('100,150', upTo(2000)).items).toEqual(['100', '150']);
    expect(splitList('60 120 160', upTo(2000)).items).toEqual(['60', '120', '160']);
  });

  it('refuses the rest of a number that was too large to be one', () => {
    expect(splitList('3,000', upTo(2000)).problem).toBe('“000” begins with a 0: a number of its own, or the end of another?');
  });
});
