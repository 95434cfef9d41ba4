import { tickWriter } from './ticks.ts';

/** What the values of an axis are: parts, shown in percent; differences of parts, in points; or figures in a unit of their own, and their differences. */
export type AxisUnit = 'percent' | 'points' | 'number' | 'difference';

/** Writes an axis's ticks; these are given as values of the data. */
export function axisWriter(ticks: readonly number[], unit: AxisUnit): (value: number) => string {
  const factor = unit === 'percent' || unit === 'points' ? 100 : 1;
  const write = tickWriter(
    ticks.map((tick) => tick * factor),
    { signed: unit === 'points' || unit === 'difference' },
  );
  return (value) => write(value * factor);
}
