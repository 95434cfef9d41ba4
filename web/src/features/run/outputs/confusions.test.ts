import { expect, it } from 'vitest';
import { confusions } from './confusions.ts';

it('lists what is taken for another class, most often first', () => {
  const matrix = [
    [50, 2, 0],
    [7, 40, 1],
    [0, 0, 9],
  ];
  expect(confusions(matrix)).toEqual([
    { truth: 1, taken: 0, count: 7 },
    { truth: 0, taken: 1, count: 2 },
    { truth: 1, taken: 2, count: 1 },
  ]);
});
