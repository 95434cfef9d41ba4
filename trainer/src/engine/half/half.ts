/** Floating-point formats of 16 bits that products can be computed in. */
export const HALVES = ['float16', 'bfloat16'] as const;

export type Half = (typeof HALVES)[number];

/** Digits after the point of a number's binary form, and exponents of the smallest normal number and of what is too large. */
const FORMATS: Readonly<Record<Half, { readonly digits: number; readonly least: number; readonly beyond: number }>> = {
  float16: { digits: 10, least: -14, beyond: 16 },
  bfloat16: { digits: 7, least: -126, beyond: 128 },
};

/** ⌊log₂ x⌋ of a positive finite number. */
const exponentOf = (x: number): number => {
  const guess = Math.floor(Math.log2(x));
  return 2 ** guess > x ? guess - 1 : 2 ** (guess + 1) <= x ? guess + 1 : guess;
};

/**
 * The nearest number of the format (IEEE 754-2019, §4.3.1: of two that are as near, the even one), subnormal ones included; infinite from half a
 * unit beyond the largest on: 65,520 in float16.
 */
export const roundTo = (x: number, format: Half): number => {
  if (x === 0 || !Number.isFinite(x)) return x;
  const { digits, least, beyond } = FORMATS[format];
  const unit = 2 ** (Math.max(exponentOf(Math.abs(x)), least) - digits);
  const count = Math.abs(x) / unit;
  const below = Math.floor(count);
  const [rest, even] = [count - below, below % 2 === 0];
  const rounded = (rest > 0.5 || (rest === 0.5 && !even) ? below + 1 : below) * unit;
  return Math.sign(x) * (rounded >= 2 ** beyond ? Number.POSITIVE_INFINITY : rounded);
};
