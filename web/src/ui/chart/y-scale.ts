import { niceScale, type Scale } from '@/lib/statistics/scale.ts';
import type { Series } from './series.ts';

/**
 * A vertical axis around lines and bands, with round ends; a band is drawn as a stack, whose parts would draw the axis down to zero.
 *
 * @param include a value that is on the axis whatever the lines do.
 * @returns null while there is nothing to draw.
 */
export function yScale(series: readonly Series[], include?: number): Scale | null {
  const values = series.flatMap(({ points, band }) => [
    ...points.map(([, y]) => y),
    ...(band ?? []).flatMap(([, low, high]) => [low, high]),
  ]);
  if (values.length === 0) return null;
  const scale = niceScale(include === undefined ? values : [include, ...values]);
  // Room is left around values, but not beyond the one that bounds them.
  return include === undefined || Math.min(...values) < include ? scale : from(include, scale);
}

function from(low: number, { high, ticks }: Scale): Scale {
  return { low, high, ticks: ticks.filter((tick) => tick >= low) };
}
