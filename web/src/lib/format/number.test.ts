import { describe, expect, it } from 'vitest';
import { bytes, compactCount, percent, points, shortPercent, significant, wholeNumber } from './number.ts';

describe('numbers for readers', () => {
  it('shows fractions as percentages of two digits', () => {
    expect(percent(0.7123)).toBe('71.23');
    expect(percent(1)).toBe('100.00');
    expect(percent(null)).toBe('–');
  });

  it('writes parts as short as they go', () => {
    expect([0.725, 0.1 + 0.2, 1, 0.0001].map(shortPercent)).toEqual(['72.5', '30', '100', '0.01']);
  });

  it('signs differences, but not a difference that rounds to nothing', () => {
    expect(points(0.0123)).toBe('+1.23');
    expect(points(-0.0123)).toBe('−1.23');
    expect(points(0.00001)).toBe('0.00');
  });

  it('shortens counts', () => {
    expect([999, 1000, 84123, 1_200_000].map(compactCount)).toEqual(['999', '1.00k', '84.1k', '1.20M']);
    expect(wholeNumber(45000)).toBe('45,000');
  });

  it('rounds first and chooses the unit then', () => {
    expect([999_499, 999_500, 999_999, 1_000_000, 999_999_999, 1e12, 1e15, 1.5e19].map(compactCount)).toEqual([
      '999k',
      '1.00M',
      '1.00M',
      '1.00M',
      '1.00G',
      '1.00T',
      '1.00P',
      '15000P',
    ]);
    expect([0, 999, 999.6, 999_499, 999_500, 999_999_999].map(bytes)).toEqual(['0 B', '999 B', '1.00 kB', '999 kB', '1.00 MB', '1.00 GB']);
    expect([999_999.9, 0.00099999, 0.0009996].map((value) => significant(value))).toEqual(['1.00·10⁶', '0.001000', '0.0009996']);
  });

  it('writes no power of ten where the figure itself is as short', () => {
    expect([12_345, 123_456, 999_949].map((value) => significant(value))).toEqual(['12,350', '123,500', '999,900']);
    expect([significant(100, 2), significant(-1234, 2)]).toEqual(['100', '−1,200']);
    expect([significant(0), significant(0, 2)]).toEqual(['0.000', '0.0']);
  });

  it('gives nothing a sign', () => {
    expect([points(-0.00001), percent(-0.00001), wholeNumber(-0.2)]).toEqual(['0.00', '0.00', '0']);
  });

  it('keeps tiny figures readable', () => {
    expect(significant(0.00001234)).toBe('1.23·10⁻⁵');
    expect(significant(-4.6e-15, 2)).toBe('−4.6·10⁻¹⁵');
    expect(significant(1.23456)).toBe('1.235');
    expect(bytes(345123)).toBe('345 kB');
  });
});
