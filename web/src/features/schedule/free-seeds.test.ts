import { describe, expect, it } from 'vitest';
import { nextFreeSeeds, repeatedSeeds, writeSeeds } from './free-seeds.ts';
import { parseSeeds } from './seeds.ts';

describe('seeds that are asked for', () => {
  it('repeat those that have a run already', () => {
    expect(repeatedSeeds([5, 3, 1], [1, 2, 3])).toEqual([1, 3]);
    expect(repeatedSeeds([4], [1, 2, 3])).toEqual([]);
  });

  it.each([
    [
      [1, 2, 3],
      [1, 2, 3],
      [4, 5, 6],
    ],
    [
      [1, 2, 3, 4, 5],
      [1, 2, 3],
      [4, 5, 6, 7, 8],
    ],
    [
      [2, 3],
      [1, 3],
      [2, 4],
    ],
    [
      [1, 2],
      [2, 3, 5],
      [1, 4],
    ],
    [[7], [7], [8]],
    [[2147483647], [2147483647, 0], [1]],
  ])('make room for as many that are free: %j, where there are %j', (asked, scheduled, free) => {
    expect(nextFreeSeeds(asked, scheduled)).toEqual(free);
  });

  it('are written as the form reads them', () => {
    expect(writeSeeds([1, 2, 3, 7, 9, 10])).toBe('1-3, 7, 9, 10');
    expect(writeSeeds([1, 2, 3], '–')).toBe('1–3');
    for (const seeds of [[1], [1, 2], [4, 5, 6, 8], [0, 2147483647]]) expect(parseSeeds(writeSeeds(seeds)).seeds).toEqual(seeds);
  });
});
