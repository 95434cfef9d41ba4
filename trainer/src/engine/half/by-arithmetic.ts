import type { Half } from './half.ts';

/** Arithmetic of float32 on tensors of some kind, rounded after each operation, and conditions on them. */
export type Operations<Tensor, Condition> = {
  readonly add: (x: Tensor, number: number) => Tensor;
  readonly sub: (a: Tensor, b: Tensor) => Tensor;
  readonly mul: (x: Tensor, number: number) => Tensor;
  readonly abs: (x: Tensor) => Tensor;
  readonly sign: (x: Tensor) => Tensor;
  readonly isBelow: (x: Tensor, number: number) => Condition;
  readonly select: (condition: Condition, a: Tensor, b: Tensor) => Tensor;
};

/** Binary digits of float32 that the formats do not have. */
const DROPPED: Readonly<Record<Half, number>> = { float16: 13, bfloat16: 16 };

/** float16's smallest normal number, a number whose last digit in float32 is as that of what is smaller, and from where on it is infinite. */
const FLOAT16 = { normal: 2 ** -14, aligned: 0.75, tooLarge: 65_520 } as const;

/**
 * x rounded to a format, where there are no such numbers. The leading digits of x are those that are left of w − (w − x) with
 * w = (2ᵏ + 1)·x (Veltkamp 1968; Dekker 1971). In bfloat16 numbers under float32's smallest normal one (1.2 · 10⁻³⁸) depend on the backend.
 * What is infinite may become NaN, and zeros lose their sign.
 */
export const roundedByArithmetic = <Tensor, Condition>(
  { add, sub, mul, abs, sign, isBelow, select }: Operations<Tensor, Condition>,
  x: Tensor,
  format: Half,
): Tensor => {
  const leading = (a: Tensor) => {
    const wide = mul(a, 2 ** DROPPED[format] + 1);
    return sub(wide, sub(wide, a));
  };
  const size = abs(x);
  if (format === 'bfloat16') return select(isBelow(size, 2 ** 64), leading(x), mul(leading(mul(x, 2 ** -32)), 2 ** 32));
  const small = add(add(x, FLOAT16.aligned), -FLOAT16.aligned);
  const infinite = mul(sign(x), Number.POSITIVE_INFINITY);
  return select(isBelow(size, FLOAT16.tooLarge), select(isBelow(size, FLOAT16.normal), small, leading(x)), infinite);
};
