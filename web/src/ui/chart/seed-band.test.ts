import { describe, expect, it } from 'vitest';
import { seedBand } from './seed-band.ts';

describe('a band over seeds', () => {
  it('draws the mean and ± sd of the seeds that have a value there', () => {
    const { points, band, seeds } = seedBand([
      [
        [2, 0.6],
        [1, 0.5],
      ],
      [
        [1, 0.7],
        [2, null],
      ],
    ]);
    expect(seeds).toBe(2);
    expect(points.map(([x]) => x)).toEqual([1, 2]);
    expect(points[0]?.[1]).toBeCloseTo(0.6);
    expect(points[1]?.[1]).toBe(0.6);
    expect(band).toHaveLength(1);
    expect(band[0]?.[1]).toBeCloseTo(0.6 - Math.SQRT1_2 * 0.2);
    expect(band[0]?.[2]).toBeCloseTo(0.6 + Math.SQRT1_2 * 0.2);
  });

  it('counts the seeds that have been measured at all', () => {
    expect(seedBand([[[1, 0.5]], [[1, null]], []])).toEqual({ points: [[1, 0.5]], band: [], seeds: 1 });
  });

  it('is empty without seeds', () => {
    expect(seedBand([])).toEqual({ points: [], band: [], seeds: 0 });
  });
});
