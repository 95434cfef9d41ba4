/** A linear axis: its ends and the ticks to label, in data units. */
export type Scale = { low: number; high: number; ticks: number[] };

/** About so many ticks. */
const wanted = 4;

/**
 * An axis over the values with round ends and some round ticks. One value, or none, gets some room around it.
 *
 * @param parts of a whole, such as accuracies: room around them ends where parts do, at 0 and 1.
 */
export function niceScale(values: readonly number[], { parts = false } = {}): Scale {
  const finite = values.filter(Number.isFinite);
  if (finite.length === 0) return { low: 0, high: 1, ticks: [0, 1] };
  const low = Math.min(...finite);
  const high = Math.max(...finite);
  const spread = high - low || Math.abs(high) * 0.1 || 0.02;
  const step = niceStep(spread / wanted);
  const below = Math.floor((low - spread * 0.04) / step) * step;
  const above = Math.ceil((high + spread * 0.04) / step) * step;
  // Both are round on an axis of any step.
  const from = parts && low >= 0 ? Math.max(0, below) : below;
  const to = parts && high <= 1 ? Math.min(1, above) : above;
  const ticks: number[] = [];
  for (let index = 0; from + index * step <= to + step / 2; index++) ticks.push(Number((from + index * step).toPrecision(12)));
  return { low: ticks[0] ?? from, high: ticks.at(-1) ?? to, ticks };
}

/** Where a value lies on the axis, 0 to 1, cut off at its ends. */
export function position(scale: Scale, value: number): number {
  return Math.min(1, Math.max(0, (value - scale.low) / (scale.high - scale.low)));
}

/** The smallest of 1, 2, 5 × 10^k that is not below `rough`. */
function niceStep(rough: number): number {
  const power = 10 ** Math.floor(Math.log10(rough));
  const factor = [1, 2, 5, 10].find((candidate) => candidate * power >= rough * 0.999999) ?? 10;
  return factor * power;
}
