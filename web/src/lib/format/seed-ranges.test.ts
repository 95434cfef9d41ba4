import { describe, expect, it } from 'vitest';
import { seedRanges, seedWords } from './seed-ranges.ts';

describe('seeds in writing', () => {
  it('are ranges where they follow each other', () => {
    expect(seedRanges([6, 4, 5, 9])).toBe('4–6, 9');
    expect(seedRanges([1, 2])).toBe('1, 2');
    expect(seedRanges([])).toBe('');
    expect([seedWords([7]), seedWords([7, 8, 9])]).toEqual(['seed 7', 'seeds 7–9']);
  });
});
