/** mean ± sd over n distinct seeds; sd is the sample standard deviation, absent for n = 1. */
export type Statistic = { mean: number; sd: number | null; n: number };

/** Two-sided 95 % quantiles of Student's t for 1 to 30 degrees of freedom. */
const quantiles = [
  12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228, 2.201, 2.179, 2.16, 2.145, 2.131, 2.12, 2.11, 2.101, 2.093, 2.086,
  2.08, 2.074, 2.069, 2.064, 2.06, 2.056, 2.052, 2.048, 2.045, 2.042,
];

/** Student's t quantile, two-sided 95 %; beyond 30 degrees of freedom by its expansion around the normal's (error below 0.001). */
export function tQuantile95(degrees: number): number {
  const tabled = quantiles[degrees - 1];
  if (tabled !== undefined) return tabled;
  const z = 1.959964;
  return z + (z ** 3 + z) / (4 * degrees) + (5 * z ** 5 + 16 * z ** 3 + 3 * z) / (96 * degrees ** 2);
}

/** Half the width of the mean's 95 % confidence interval, t·sd/√n; null for one seed, which says nothing about noise. */
export function confidence95(statistic: Statistic): number | null {
  if (statistic.sd == null || statistic.n < 2) return null;
  return (tQuantile95(statistic.n - 1) * statistic.sd) / Math.sqrt(statistic.n);
}

/** Whether the difference's 95 % interval leaves out zero. */
export function isResolved(statistic: Statistic): boolean {
  const half = confidence95(statistic);
  return half !== null && Math.abs(statistic.mean) > half;
}

/** mean ± sample sd of some values; null for none. */
export function summarise(values: readonly number[]): Statistic | null {
  if (values.length === 0) return null;
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  if (values.length === 1) return { mean, sd: null, n: 1 };
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return { mean, sd: Math.sqrt(squares / (values.length - 1)), n: values.length };
}
