/** A mean with its spread: sd is the sample standard deviation, null for one value, which says nothing about noise. */
export type Spread = { mean: number; sd: number | null; n: number };

/** Mean and sample standard deviation; null of no values. */
export function spread(values: readonly number[]): Spread | null {
  const n = values.length;
  if (n === 0) return null;
  const mean = values.reduce((sum, value) => sum + value, 0) / n;
  if (n === 1) return { mean, sd: null, n };
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return { mean, sd: Math.sqrt(squares / (n - 1)), n };
}
