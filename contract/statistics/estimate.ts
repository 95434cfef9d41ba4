import { type Spread, spread } from './spread.ts';
import { studentInterval } from './student-interval.ts';

/** A mean over seeds with its noise: `interval` is half the width of its 95 % Student interval, null for one value. */
export type Estimate = Spread & { interval: number | null };

/** Mean, sample sd and t · sd / √n of some values; null of none. */
export function estimate(values: readonly number[]): Estimate | null {
  const found = spread(values);
  return found && { ...found, interval: studentInterval(found.sd, found.n) };
}
