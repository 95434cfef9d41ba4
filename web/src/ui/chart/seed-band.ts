import { summarise } from '@/lib/statistics/interval.ts';
import type { Series } from './series.ts';

/** One seed's curve: what was measured at each x. Absent values are left out. */
export type SeedCurve = { seed: number; values: readonly (readonly [x: number, value: number | null])[] };

/** The mean over seeds at each x, in a band of ± sd where there are two and more. A seed that was run twice counts once, as it came first. */
export function seedBand(curves: readonly SeedCurve[]): { points: Series['points']; band: NonNullable<Series['band']>; seeds: number } {
  const bySeed = new Map<number, SeedCurve>();
  for (const curve of curves) if (!bySeed.has(curve.seed)) bySeed.set(curve.seed, curve);
  const byX = new Map<number, number[]>();
  for (const { values } of bySeed.values()) {
    for (const [x, value] of values) if (value !== null) byX.set(x, [...(byX.get(x) ?? []), value]);
  }
  const statistics = [...byX]
    .toSorted(([one], [other]) => one - other)
    .flatMap(([x, values]) => {
      const statistic = summarise(values);
      return statistic ? [{ x, ...statistic }] : [];
    });
  return {
    points: statistics.map(({ x, mean }) => [x, mean] as const),
    band: statistics.flatMap(({ x, mean, sd }) => (sd === null ? [] : [[x, mean - sd, mean + sd] as const])),
    seeds: bySeed.size,
  };
}
