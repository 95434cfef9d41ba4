import { spread } from '@studyhall/contract/statistics/spread.ts';
import type { Series } from './series.ts';

/** One seed's curve: what was measured at each x. Absent values are left out. */
export type SeedCurve = readonly (readonly [x: number, value: number | null])[];

/** The mean at each x over curves, one per seed, in a band of ± sd where there are two and more; and how many of them have a value. */
export function seedBand(curves: readonly SeedCurve[]): { points: Series['points']; band: NonNullable<Series['band']>; seeds: number } {
  const byX = new Map<number, number[]>();
  for (const curve of curves) {
    for (const [x, value] of curve) if (value !== null) byX.set(x, [...(byX.get(x) ?? []), value]);
  }
  const statistics = [...byX]
    .toSorted(([one], [other]) => one - other)
    .flatMap(([x, values]) => {
      const statistic = spread(values);
      return statistic ? [{ x, ...statistic }] : [];
    });
  return {
    points: statistics.map(({ x, mean }) => [x, mean] as const),
    band: statistics.flatMap(({ x, mean, sd }) => (sd === null ? [] : [[x, mean - sd, mean + sd] as const])),
    seeds: curves.filter((curve) => curve.some(([, value]) => value !== null)).length,
  };
}
