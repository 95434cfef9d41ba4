import { describe, expect, it } from 'vitest';
import { confidence95, isResolved, summarise, tQuantile95 } from './interval.ts';

describe('uncertainty over seeds', () => {
  it('uses Student’s t, and the normal’s limit for many seeds', () => {
    expect(tQuantile95(2)).toBe(4.303);
    expect(tQuantile95(60)).toBeCloseTo(2.0003, 3);
    expect(tQuantile95(1e6)).toBeCloseTo(1.96, 3);
  });

  it('gives the interval of a mean: 3 seeds, sd 1, half width 4.303/√3', () => {
    expect(confidence95({ mean: 0, sd: 1, n: 3 })).toBeCloseTo(2.4843, 3);
  });

  it('says nothing about the noise of one seed', () => {
    expect(confidence95({ mean: 0.5, sd: null, n: 1 })).toBeNull();
    expect(isResolved({ mean: 0.5, sd: null, n: 1 })).toBe(false);
  });

  it('calls a gain resolved only when its interval leaves out zero', () => {
    expect(isResolved({ mean: 0.03, sd: 0.01, n: 3 })).toBe(true);
    expect(isResolved({ mean: 0.02, sd: 0.01, n: 3 })).toBe(false);
  });

  it('summarises by the sample standard deviation', () => {
    expect(summarise([1, 2, 3])).toEqual({ mean: 2, sd: 1, n: 3 });
    expect(summarise([4])).toEqual({ mean: 4, sd: null, n: 1 });
    expect(summarise([])).toBeNull();
  });
});
