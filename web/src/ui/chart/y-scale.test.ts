import { describe, expect, it } from 'vitest';
import { yScale } from './y-scale.ts';

const line = { key: 'a', name: 'a', colour: '--series-1' };

describe('a vertical axis', () => {
  it('holds lines and their bands between round values', () => {
    const points = [
      [1, 0.55],
      [2, 0.6],
    ] as const;
    expect(yScale([{ ...line, points, band: [[2, 0.52, 0.68]] }], 'percent')).toEqual({
      low: 0.5,
      high: 0.7,
      ticks: [0.5, 0.55, 0.6, 0.65, 0.7],
    });
  });

  it('begins at the value that it is to hold, if nothing lies beyond', () => {
    expect(yScale([{ ...line, points: [[1, 0.1]] }], 'percent', 0)).toMatchObject({ low: 0, ticks: [0, 0.05, 0.1, 0.15] });
    expect(yScale([{ ...line, points: [[1, -0.1]] }], 'percent', 0)?.low).toBeLessThan(-0.09);
  });

  it('leaves no room where no value can be: below 0 of what is never negative, above 100 % of a whole', () => {
    const points = [
      [1, 0.02],
      [2, 1],
    ] as const;
    expect(yScale([{ ...line, points }], 'percent')).toEqual({ low: 0, high: 1, ticks: [0, 0.5, 1] });
    expect(yScale([{ ...line, points }], 'number')).toMatchObject({ low: 0, high: 1.5 });
    expect(yScale([{ ...line, points: [...points, [3, -0.2]] }], 'percent')).toMatchObject({ low: -0.5, high: 1 });
  });

  it('is none without points', () => {
    expect(yScale([{ ...line, points: [] }], 'number')).toBeNull();
  });
});
