import { niceScale } from '@/lib/statistics/scale.ts';
import type { Series } from './series.ts';

/** Round ends of a vertical axis around lines and bands; a band is drawn as a stack, whose parts would draw the axis down to zero. */
export function yEnds(series: readonly Series[]): { yMin: number; yMax: number } | Record<never, never> {
  const values = series.flatMap(({ points, band }) => [
    ...points.map(([, y]) => y),
    ...(band ?? []).flatMap(([, low, high]) => [low, high]),
  ]);
  if (values.length === 0) return {};
  const { low, high } = niceScale(values);
  return { yMin: low, yMax: high };
}
