import type { AxisUnit } from '@/lib/format/axis.ts';
import { niceScale, type Scale } from '@/lib/statistics/scale.ts';
import type { Series } from './series.ts';

/**
 * A vertical axis around lines and bands, with round ends; a band is drawn as a stack, whose parts would draw the axis down to zero.
 *
 * Room is left around the values, but none that they cannot be in: below 0 where none of them is, above 100 % of a whole.
 *
 * @param include a value that is on the axis whatever the lines do.
 * @returns null while there is nothing to draw.
 */
export function yScale(series: readonly Series[], unit: AxisUnit, include?: number): Scale | null {
  const values = series.flatMap(({ points, band }) => [
    ...points.map(([, y]) => y),
    ...(band ?? []).flatMap(([, low, high]) => [low, high]),
  ]);
  if (values.length === 0) return null;
  const scale = niceScale(include === undefined ? values : [include, ...values]);
  const [least, most] = [Math.min(...values), Math.max(...values)];
  const floor = include !== undefined && least >= include ? include : least >= 0 ? 0 : scale.low;
  const ceiling = unit === 'percent' && most <= 1 ? 1 : scale.high;
  return within(scale, floor, ceiling);
}

function within({ low, high, ticks }: Scale, floor: number, ceiling: number): Scale {
  const ends = { low: Math.max(low, floor), high: Math.min(high, ceiling) };
  return { ...ends, ticks: ticks.filter((tick) => tick >= ends.low && tick <= ends.high) };
}
