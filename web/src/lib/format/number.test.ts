import { describe, expect, it } from 'vitest';
import { axisPercent, bytes, compactCount, percent, points, significant, wholeNumber } from './number.ts';

describe('numbers for readers', () => {
  it('shows fractions as percentages of two digits', () => {
    expect(percent(0.7123)).toBe('71.23');
    expect(percent(1)).toBe('100.00');
    expect(percent(null)).toBe('–');
  });

  it('writes ticks of an axis as short as they go', () => {
    expect([0.725, 0.1 + 0.2, 1].map(axisPercent)).toEqual(['72.5', '30', '100']);
  });

  it('signs differences, but not a difference that rounds to nothing', () => {
    expect(points(0.0123)).toBe('+1.23');
    expect(points(-0.0123)).toBe('−1.23');
    expect(points(0.00001)).toBe('0.00');
  });

  it('shortens counts', () => {
    expect([999, 1000, 84123, 1_200_000].map(compactCount)).toEqual(['999', '1.00k', '84.1k', '1.20M']);
    expect(wholeNumber(45000)).toBe('45\u202f000');
  });

  it('keeps tiny figures readable', () => {
    expect(significant(0.00001234)).toBe('1.23·10^−5');
    expect(significant(1.23456)).toBe('1.235');
    expect(bytes(345123)).toBe('345 kB');
  });
});
