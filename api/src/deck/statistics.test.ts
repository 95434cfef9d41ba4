import { describe, expect, it } from 'vitest';
import { estimate, studentQuantile } from './statistics.ts';

describe('an estimate', () => {
  it('of 2, 4 and 9 is 5, with sample sd √13 and half-width 4.3027 · √(13/3)', () => {
    // Deviations −3, −1, 4: squares 26, divided by n − 1 = 2.
    const { mean, sd, n, interval } = estimate([2, 4, 9]) ?? {};
    expect([mean, n]).toEqual([5, 3]);
    expect(sd).toBeCloseTo(3.605551, 6);
    expect(interval).toBeCloseTo(8.95678, 4);
  });

  it('of two values has one degree of freedom: 12.7062 · |a − b| / 2', () => {
    expect(estimate([0.1, 0.3])?.interval).toBeCloseTo(1.27062, 5);
  });

  it('of one value has no spread, of none is none', () => {
    expect(estimate([0.5])).toEqual({ mean: 0.5, sd: null, n: 1, interval: null });
    expect(estimate([])).toBeNull();
  });

  it('takes Student’s quantiles from the table, and goes on beyond it', () => {
    expect([1, 2, 4, 9].map(studentQuantile)).toEqual([12.7062, 4.3027, 2.7764, 2.2622]);
    // As printed in tables: 40, 60 and 120 degrees of freedom.
    expect(studentQuantile(40)).toBeCloseTo(2.0211, 3);
    expect(studentQuantile(60)).toBeCloseTo(2.0003, 3);
    expect(studentQuantile(120)).toBeCloseTo(1.9799, 3);
  });
});
