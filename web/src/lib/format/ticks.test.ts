import { describe, expect, it } from 'vitest';
import { niceScale } from '../statistics/scale.ts';
import { tickWriter } from './ticks.ts';

const written = (ticks: number[], options = {}) => ticks.map(tickWriter(ticks, options));

describe('ticks of an axis', () => {
  it('have as many digits as tell them apart, all alike', () => {
    expect(written([7, 7.5, 8, 8.5, 9])).toEqual(['7.0', '7.5', '8.0', '8.5', '9.0']);
    expect(written([0, 20, 40])).toEqual(['0', '20', '40']);
    expect(written([800, 1000, 1200])).toEqual(['800', '1,000', '1,200']);
    expect(written([1234.5, 1235, 1235.5])).toEqual(['1234.5', '1235.0', '1235.5']);
    expect(written([0.00001, 0.000015])).toEqual(['0.000010', '0.000015']);
    expect(written([0.1 + 0.2, 0.4])).toEqual(['0.3', '0.4']);
  });

  it('are signed where they are differences', () => {
    expect(written([-0.5, 0, 0.5], { signed: true })).toEqual(['−0.5', '0.0', '+0.5']);
  });

  it('are never written alike, however narrow the axis', () => {
    for (const [low, high] of [
      [7, 9],
      [0.71, 0.7101],
      [99.99, 100],
      [0.000012, 0.000013],
      [-3, 12_000],
    ] as const) {
      const { ticks } = niceScale([low, high]);
      expect(new Set(written(ticks)).size).toBe(ticks.length);
    }
  });
});
