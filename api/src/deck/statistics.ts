/** A mean with its spread: sd is the sample's, null for one value; `interval` is half the width of its 95 % Student interval. */
export type Estimate = { mean: number; sd: number | null; n: number; interval: number | null };

/** @returns null of no values. */
export function estimate(values: readonly number[]): Estimate | null {
  const n = values.length;
  if (n === 0) return null;
  const mean = values.reduce((sum, value) => sum + value, 0) / n;
  if (n === 1) return { mean, sd: null, n, interval: null };
  const sd = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (n - 1));
  return { mean, sd, n, interval: (studentQuantile(n - 1) * sd) / Math.sqrt(n) };
}

/** 97.5 % quantiles of Student's t for 1 … 30 degrees of freedom, as every table has them. */
const quantiles = [
  12.7062, 4.3027, 3.1824, 2.7764, 2.5706, 2.4469, 2.3646, 2.306, 2.2622, 2.2281, 2.201, 2.1788, 2.1604, 2.1448, 2.1314, 2.1199, 2.1098,
  2.1009, 2.093, 2.086, 2.0796, 2.0739, 2.0687, 2.0639, 2.0595, 2.0555, 2.0518, 2.0484, 2.0452, 2.0423,
];

/** The 97.5 % quantile of Student's t; beyond the table by its expansion around the normal's (Abramowitz and Stegun 26.7.5), within 1e-4. */
export function studentQuantile(degrees: number): number {
  const tabled = quantiles[degrees - 1];
  if (tabled !== undefined) return tabled;
  const z = 1.959964;
  return z + (z ** 3 + z) / (4 * degrees) + (5 * z ** 5 + 16 * z ** 3 + 3 * z) / (96 * degrees ** 2);
}
