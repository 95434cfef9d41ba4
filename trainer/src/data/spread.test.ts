import { describe, expect, it } from 'vitest';
import { isConstant, Spread } from './spread.ts';

const blurred = (values: readonly number[]): boolean => {
  const spread = new Spread();
  for (const value of values) spread.add(value);
  return spread.isBlurredBySingle();
};

const SIGNAL = [0.1, 1.3, -0.7, 2.2, 0.4];

describe('what 32 bits make of a channel', () => {
  it('is next to nothing where numbers are about as large as their differences, whatever their size', () => {
    for (const scale of [1, 1e-7, 1e7, 1e30]) expect(blurred(SIGNAL.map((value) => value * scale))).toBe(false);
    expect(blurred(SIGNAL.map((value) => value + 100))).toBe(false);
  });

  it('is noticed where they lie close together, far from 0, or beyond the range', () => {
    for (const offset of [1e4, 1e8, 1.7e9]) expect(blurred(SIGNAL.map((value) => value + offset))).toBe(true);
    for (const scale of [1e-60, 1e-200, 1e39, 1e200]) expect(blurred(SIGNAL.map((value) => value * scale))).toBe(true);
  });

  it('does not matter where nothing varies but the rounding of doubles', () => {
    expect(blurred([1e8 + 0.1, 1e8 + 0.1])).toBe(false);
    expect(blurred([0.3, 0.1 + 0.2])).toBe(false);
    expect([isConstant(0, 0), isConstant(5, 5), isConstant(1e8, 1e8 + 1e-3), isConstant(-1, 1)]).toEqual([true, true, false, false]);
  });
});
