import { describe, expect, it } from 'vitest';
import { niceScale, position } from './scale.ts';

describe('niceScale', () => {
  it('ends at round values that hold all data', () => {
    const scale = niceScale([0.512, 0.587]);
    expect(scale.ticks).toEqual([0.5, 0.52, 0.54, 0.56, 0.58, 0.6]);
    expect(position(scale, 0.55)).toBeCloseTo(0.5);
  });

  it('gives one value, and none, an axis too', () => {
    const one = niceScale([0.5]);
    expect(one.low).toBeLessThan(0.5);
    expect(one.high).toBeGreaterThan(0.5);
    expect(niceScale([]).ticks.length).toBeGreaterThan(1);
  });

  it('of parts of a whole ends where these do, unless one lies beyond', () => {
    expect(niceScale([0, 0.985], { parts: true }).ticks).toEqual([0, 0.5, 1]);
    expect(niceScale([0.91, 0.985], { parts: true }).ticks).toEqual([0.9, 0.92, 0.94, 0.96, 0.98, 1]);
    expect(niceScale([0.001, 0.02], { parts: true }).low).toBe(0);
    expect(niceScale([0.9, 1.02], { parts: true }).high).toBeGreaterThan(1.02);
  });

  it('cuts positions off at the ends', () => {
    expect(position({ low: 0, high: 1, ticks: [] }, 7)).toBe(1);
  });
});
