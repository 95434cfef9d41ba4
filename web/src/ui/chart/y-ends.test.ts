import { describe, expect, it } from 'vitest';
import { yEnds } from './y-ends.ts';

const line = { key: 'a', name: 'a', colour: '--series-1' };

describe('yEnds', () => {
  it('holds lines and their bands between round values', () => {
    const points = [
      [1, 0.55],
      [2, 0.6],
    ] as const;
    expect(yEnds([{ ...line, points, band: [[2, 0.52, 0.68]] }])).toEqual({ yMin: 0.5, yMax: 0.7 });
  });

  it('leaves the axis alone without points', () => {
    expect(yEnds([{ ...line, points: [] }])).toEqual({});
  });
});
