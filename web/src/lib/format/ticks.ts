import { fixed, wholeNumber } from './number.ts';

/** Most digits behind the point of a tick. */
const mostDigits = 12;

/**
 * Writes the ticks of an axis: all with as many digits as it takes to tell each from its neighbours, and no more.
 *
 * @param ticks in the unit they are written in.
 * @param signed a difference: what is above zero has a plus.
 */
export function tickWriter(ticks: readonly number[], { signed = false } = {}): (tick: number) => string {
  const digits = digitsOf(ticks);
  return (tick) => {
    const text = digits === 0 ? wholeNumber(tick) : fixed(tick, digits);
    return signed && tick > 0 && Number(text) !== 0 ? `+${text}` : text;
  };
}

/** The fewest digits behind the point with which every tick is itself, but for what floating point adds. */
function digitsOf(ticks: readonly number[]): number {
  const reach = Math.max(0, ...ticks.map(Math.abs)) || 1;
  for (let digits = 0; digits < mostDigits; digits++) {
    if (ticks.every((tick) => Math.abs(Number(tick.toFixed(digits)) - tick) <= reach * 1e-9)) return digits;
  }
  return mostDigits;
}
