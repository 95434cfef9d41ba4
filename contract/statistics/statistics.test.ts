import { describe, expect, it } from 'vitest';
import { estimate } from './estimate.ts';
import { pairBySeed } from './pair-by-seed.ts';
import { spread } from './spread.ts';
import { studentQuantile } from './student.ts';
import { studentInterval } from './student-interval.ts';
import { isResolved, judge, overall } from './verdict.ts';

describe('Student’s quantile, two-sided 95 %', () => {
  it('is that of the tables, wherever they print it', () => {
    const tabled: [degrees: number, quantile: string][] = [
      [1, '12.706'],
      [2, '4.303'],
      [3, '3.182'],
      [4, '2.776'],
      [5, '2.571'],
      [9, '2.262'],
      [10, '2.228'],
      [15, '2.131'],
      [20, '2.086'],
      [29, '2.045'],
      [30, '2.042'],
      [40, '2.021'],
      [60, '2.000'],
      [100, '1.984'],
      [120, '1.980'],
      [1000, '1.962'],
    ];
    for (const [degrees, quantile] of tabled) expect(studentQuantile(degrees).toFixed(3), `${degrees}`).toBe(quantile);
  });

  it('is exact to seven digits where a closed form or forty digits of arithmetic say what it is', () => {
    // tan(0.475 π), and 0.95 √2 / √(1 − 0.95²) = 4.302652729911275.
    expect(studentQuantile(1) / Math.tan(0.475 * Math.PI)).toBeCloseTo(1, 7);
    expect(studentQuantile(2) / ((0.95 * Math.SQRT2) / Math.sqrt(1 - 0.95 ** 2))).toBeCloseTo(1, 7);
    // The incomplete beta function inverted with 40 digits.
    expect(studentQuantile(10)).toBeCloseTo(2.228138851986, 6);
    expect(studentQuantile(742)).toBeCloseTo(1.963166248398, 6);
  });

  it('falls with every degree of freedom to the normal’s', () => {
    for (let degrees = 1; degrees < 1000; degrees++) expect(studentQuantile(degrees + 1)).toBeLessThan(studentQuantile(degrees));
    expect(studentQuantile(1e6)).toBeCloseTo(1.959966, 5);
  });
});

describe('an estimate', () => {
  it('of 2, 4 and 9 is 5, with sample sd √13 and half-width 4.302653 · √(13/3)', () => {
    // Deviations −3, −1, 4: squares 26, divided by n − 1 = 2.
    const { mean, sd, n, interval } = estimate([2, 4, 9]) ?? {};
    expect([mean, n]).toEqual([5, 3]);
    expect(sd).toBeCloseTo(Math.sqrt(13), 12);
    expect(interval).toBeCloseTo(8.956686, 5);
  });

  it('of two values has one degree of freedom: 12.7062 · |a − b| / 2', () => {
    expect(estimate([0.1, 0.3])?.interval).toBeCloseTo(1.27062, 5);
  });

  it('of one value has no spread, of none is none', () => {
    expect(estimate([0.5])).toEqual({ mean: 0.5, sd: null, n: 1, interval: null });
    expect(spread([0.5])).toEqual({ mean: 0.5, sd: null, n: 1 });
    expect([estimate([]), spread([])]).toEqual([null, null]);
  });

  it('of equal values has none either way: sd and interval 0', () => {
    expect(estimate([0.25, 0.25, 0.25])).toEqual({ mean: 0.25, sd: 0, n: 3, interval: 0 });
  });
});

describe('two sides', () => {
  it('are paired over the seeds both have, in the order of the first', () => {
    const of = [3, 1, 2].map((seed) => ({ seed, value: seed }));
    const against = [1, 3, 4].map((seed) => ({ seed, value: seed / 2, runId: `run ${seed}` }));
    expect(pairBySeed(of, against).map(({ of: { seed }, against: { runId }, difference }) => [seed, runId, difference])).toEqual([
      [3, 'run 3', 1.5],
      [1, 'run 1', 0.5],
    ]);
    expect(pairBySeed([], against)).toEqual([]);
  });
});

describe('a verdict', () => {
  it('needs an interval that leaves out 0; one that ends there does not', () => {
    expect(judge({ mean: 0.03, interval: 0.02 }, 'MORE')).toBe('AGREES');
    expect(judge({ mean: 0.03, interval: 0.02 }, 'LESS')).toBe('DISAGREES');
    expect(judge({ mean: -0.03, interval: 0.02 }, 'LESS')).toBe('AGREES');
    expect(judge({ mean: 0.02, interval: 0.02 }, 'MORE')).toBe('UNDECIDED');
    expect(judge({ mean: 0, interval: 0 }, 'MORE')).toBe('UNDECIDED');
    expect(judge({ mean: 0.03, interval: null }, 'MORE')).toBe('PENDING');
    expect(judge(null, 'MORE')).toBe('PENDING');
    expect(judge({ mean: 0.03, interval: 0.02 }, null)).toBe('NO_CLAIM');
  });

  it('and the mark of a difference never say different things, not at the last digit either', () => {
    // With t = 4.303 instead of 4.302653 the first of these would not be told from 0.
    const half = (t: number) => t / Math.sqrt(3);
    for (const mean of [half(4.3028), half(4.3026)]) {
      const difference = estimate([mean - 1, mean, mean + 1]);
      if (!difference) throw new Error('three values have an estimate');
      expect(judge(difference, 'MORE') === 'AGREES').toBe(isResolved(difference));
      expect(isResolved(difference)).toBe(mean > half(4.30265));
    }
  });

  it('over several is one: DISAGREES weighs most, AGREES needs all', () => {
    expect(overall(['AGREES', 'NO_CLAIM', 'AGREES'])).toBe('AGREES');
    expect(overall(['AGREES', 'UNDECIDED'])).toBe('UNDECIDED');
    expect(overall(['AGREES', 'DISAGREES'])).toBe('DISAGREES');
    expect(overall(['AGREES', 'PENDING'])).toBe('PENDING');
    expect(overall(['AGREES', 'DISAGREES', 'UNDECIDED'])).toBe('DISAGREES');
    expect(overall(['DISAGREES', 'PENDING'])).toBe('PENDING');
    expect(overall(['NO_CLAIM'])).toBe('NO_CLAIM');
  });
});

describe('the interval to expect of more seeds', () => {
  it('is t · sd / √n of so many values that scatter as those so far', () => {
    // Of three with an sd of 1: 4.303 / √3; of six: 2.571 / √6.
    expect(studentInterval(1, 3)).toBeCloseTo(2.484, 3);
    expect(studentInterval(1, 6)).toBeCloseTo(1.0494, 3);
    expect(studentInterval(0, 6)).toBe(0);
  });

  it('is not known where nothing is known of the noise', () => {
    expect(studentInterval(null, 6)).toBeNull();
    expect(studentInterval(1, 1)).toBeNull();
  });
});
