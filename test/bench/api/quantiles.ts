export type Spread = { p50: number; p95: number; asked: number };

/** The median and the 95th percentile, by nearest rank; of none: NaN. */
export function spread(values: readonly number[]): Spread {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (part: number) => sorted[Math.max(0, Math.ceil(part * sorted.length) - 1)] ?? Number.NaN;
  return { p50: at(0.5), p95: at(0.95), asked: sorted.length };
}
