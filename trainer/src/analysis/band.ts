import { studentQuantile } from '@studyhall/contract/statistics/student.ts';

/** A mean, and the ends of its 95 % Student interval; of a single value they are the value. */
export type Band = { readonly mean: number; readonly low: number; readonly high: number };

/** Null where there is nothing, or a value that is not finite. */
export const bandOf = (values: readonly number[]): Band | null => {
  if (values.length === 0 || !values.every(Number.isFinite)) return null;
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const sd = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / Math.max(1, values.length - 1));
  const half = values.length < 2 ? 0 : (studentQuantile(values.length - 1) * sd) / Math.sqrt(values.length);
  return { mean, low: mean - half, high: mean + half };
};

/**
 * Where a curve that begins at `start` for x = 0 first falls to a level, between its points on a straight line.
 *
 * @returns null where it does not fall so far.
 */
export const crossing = (xs: readonly number[], ys: readonly number[], level: number, start: number): number | null => {
  let [x, y] = [0, start];
  for (const [i, next] of ys.entries()) {
    const at = xs[i] as number;
    if (next <= level) return y === next ? at : x + ((y - level) / (y - next)) * (at - x);
    [x, y] = [at, next];
  }
  return null;
};
