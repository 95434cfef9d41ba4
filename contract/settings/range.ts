import type { Range } from './settings.ts';
import { written } from './written.ts';

export function isWithin(value: number, { min, max, above }: Range = {}): boolean {
  return (min === undefined || value >= min) && (above === undefined || value > above) && (max === undefined || value <= max);
}

/** What is wrong with a number outside its bounds. */
export function outOfRange(value: number, range: Range = {}): string | undefined {
  if (isWithin(value, range)) return undefined;
  const { min, max, above, unit } = range;
  const bounds = [
    ...(min === undefined ? [] : [`at least ${written(min)}`]),
    ...(above === undefined ? [] : [`more than ${written(above)}`]),
    ...(max === undefined ? [] : [`at most ${written(max)}`]),
  ];
  return `is ${written(value)}; it has to be ${bounds.join(' and ')}${unit ? ` ${unit}` : ''}.`;
}
