import { expect, it } from 'vitest';
import { neighbourPurity } from './neighbour-purity.ts';

it('of classes that lie apart is 1, of one whose every neighbour is another class 0', () => {
  // Two heaps of 12.
  const heaps = Float32Array.from({ length: 24 }, (_, k) => (k < 12 ? k : 1000 + k));
  expect(
    neighbourPurity(
      heaps,
      Int32Array.from({ length: 24 }, (_, k) => (k < 12 ? 0 : 1)),
    ),
  ).toBe(1);
  expect(neighbourPurity(Float32Array.of(0, 1, 2), Int32Array.of(0, 1, 2))).toBe(0);
  // Of the three others one is of the class.
  expect(neighbourPurity(Float32Array.of(0, 1, 2, 3), Int32Array.of(0, 0, 1, 1))).toBeCloseTo(1 / 3, 12);
});
