import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Stream } from '../random/stream.ts';
import { bestAssignment } from './assignment.ts';

const permutations = (n: number): number[][] =>
  n === 0 ? [[]] : permutations(n - 1).flatMap((rest) => Array.from({ length: n }, (_, place) => rest.toSpliced(place, 0, n - 1)));

const total = (gains: readonly number[], n: number, assignment: ArrayLike<number>): number =>
  Array.from(assignment).reduce((sum, column, row) => sum + (gains[row * n + column] as number), 0);

const isPermutation = (assignment: ArrayLike<number>) => new Set(Array.from(assignment)).size === assignment.length;

describe('bestAssignment', () => {
  it('takes what is best together, not what is best row by row: 9 + 5 instead of 10 + 1', () => {
    expect([...bestAssignment([10, 9, 5, 1], 2)]).toEqual([1, 0]);
  });

  it('is as good as the best of all permutations, with ties, zeros and negative gains', () => {
    const square = fc.integer({ min: 1, max: 6 }).chain((n) =>
      fc.record({
        n: fc.constant(n),
        gains: fc.array(fc.oneof(fc.integer({ min: -3, max: 3 }), fc.double({ min: -10, max: 10, noNaN: true })), {
          minLength: n * n,
          maxLength: n * n,
        }),
      }),
    );
    fc.assert(
      fc.property(square, ({ n, gains }) => {
        const found = bestAssignment(gains, n);
        expect(isPermutation(found)).toBe(true);
        expect(total(gains, n, found)).toBeCloseTo(Math.max(...permutations(n).map((one) => total(gains, n, one))), 9);
      }),
      { numRuns: 200 },
    );
  });

  it('finds a planted permutation of random features', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 40 }), fc.nat(1000), (n, seed) => {
        const draw = new Stream(seed, 'noise');
        const planted = Int32Array.from({ length: n }, (_, k) => k);
        draw.shuffle(planted);
        const features = Array.from({ length: 50 }, () => Float64Array.from({ length: n }, () => Math.max(0, draw.normal())));
        // gains[a, b] = Σ own[a] · peer[b], where peer[planted[a]] is own[a]
        const gains = new Float64Array(n * n);
        for (let a = 0; a < n; a++) {
          for (let b = 0; b < n; b++) {
            for (const own of features)
              gains[a * n + (planted[b] as number)] =
                (gains[a * n + (planted[b] as number)] as number) + (own[a] as number) * (own[b] as number);
          }
        }
        expect([...bestAssignment(gains, n)]).toEqual([...planted]);
      }),
      { numRuns: 60 },
    );
  });

  it('assigns 640 rows, the most there are', () => {
    const draw = new Stream(1, 'noise');
    const gains = Float32Array.from({ length: 640 * 640 }, () => draw.normal());
    expect(isPermutation(bestAssignment(gains, 640))).toBe(true);
  });

  it('refuses gains that are not finite, saying where', () => {
    expect(() => bestAssignment([1, 2, Number.NaN, 4], 2)).toThrow('gain NaN of row 1 and column 0 is not finite');
  });
});
