import { describe, expect, it } from 'vitest';
import { meanMatrix } from './mean-matrix.ts';

describe('meanMatrix', () => {
  it('averages seeds element by element', () => {
    const one = [
      [1, 0],
      [0.2, 0.8],
    ];
    const other = [
      [0.5, 0.5],
      [0.4, 0.6],
    ];
    expect(meanMatrix([one, other])).toEqual([
      [0.75, 0.25],
      [(0.2 + 0.4) / 2, (0.8 + 0.6) / 2],
    ]);
  });

  it('is nothing without any', () => {
    expect(meanMatrix([])).toBeNull();
  });
});
