import { describe, expect, it } from 'vitest';
import type { Values } from './dataset.ts';
import { measureNormalisation } from './normalisation.ts';
import { ViewReader } from './view-reader.ts';

const view = { name: 'signal', shape: [4, 1] };

/** As a batch would hold them. */
const normalised = (values: Values): number[] => {
  const reader = new ViewReader(view, values, measureNormalisation(view, values));
  const batch = new Float32Array(values.length);
  for (let sample = 0; sample < values.length / 4; sample++) reader.copy(sample, batch, sample);
  return [...batch];
};

// Mean 5, standard deviation 2.
const SIGNAL = [2, 4, 4, 4, 5, 5, 7, 9];
const EXPECTED = SIGNAL.map((value) => (value - 5) / 2);

const close = (found: readonly number[], digits = 6) =>
  found.forEach((value, k) => {
    expect(value).toBeCloseTo(EXPECTED[k] as number, digits);
  });

describe('normalisation', () => {
  it.each([1, 1e-7, 1e7, 1e-12, 1e-36, 3e37])('gives the same numbers for the same values times %d', (scale) => {
    close(normalised(Float32Array.from(SIGNAL, (value) => value * scale)), 5);
  });

  it.each([1e-45, 1e-300, 1e300])('gives them for doubles times %d', (scale) => {
    close(normalised(Float64Array.from(SIGNAL, (value) => value * scale)), 5);
  });

  it.each([1e4, 1e8, 1.7e9, -1e12])('gives them for the same values plus %d', (offset) => {
    close(normalised(Float64Array.from(SIGNAL, (value) => value + offset)), 3);
  });

  it('of 32-bit floats far from 0 is that of the values there are', () => {
    // Neighbours there are 8 apart.
    close(normalised(Float32Array.from(SIGNAL, (value) => 1e8 + 8 * value)));
  });

  it('of numbers whose squares no 32-bit float holds is finite', () => {
    close(normalised(Float32Array.from(SIGNAL, (value) => (value - 5) * 5e37)));
  });

  it('only centres a channel that never varies, however large or small it is', () => {
    for (const value of [0, 0.1, 1e-40, -1e8, 3e38]) expect(new Set(normalised(new Float32Array(8).fill(value)))).toEqual(new Set([0]));
    // 0.1 + 0.2 and 0.3 are the same number but for rounding.
    const rounded = normalised(Float64Array.of(0.3, 0.1 + 0.2, 0.3, 0.3));
    for (const value of rounded) expect(Math.abs(value)).toBeLessThan(1e-15);
  });

  it('takes each channel for itself', () => {
    const two = { name: 'two', shape: [1, 2] };
    const values = Float32Array.from(SIGNAL.flatMap((value) => [value * 1e-7, value * 1e7]));
    const { factor } = measureNormalisation(two, values);
    expect([(factor[0] as number) * 1e-7, (factor[1] as number) * 1e7].map((value) => Math.round(value * 1e6) / 1e6)).toEqual([0.5, 0.5]);
  });

  it('of bytes is exact', () => {
    const { factor, offset } = measureNormalisation(view, Uint8Array.from(SIGNAL));
    expect([factor[0], offset[0]]).toEqual([0.5, -2.5]);
    expect(measureNormalisation(view, new Uint8Array(8).fill(77)).factor[0]).toBe(1);
  });
});
