/** Differences that are this small a part of the numbers are the rounding of whoever computed them in double precision. */
const NOISE = 2 ** -50;

/** Rounding to 32 bits that is below this part of a channel's deviation does not matter to training. */
const NEGLIGIBLE = 2 ** -14;

/** Whether a channel with that least and greatest number never varies, but for the rounding of doubles. */
export const isConstant = (least: number, greatest: number): boolean =>
  greatest - least <= NOISE * Math.max(Math.abs(least), Math.abs(greatest));

/** Gathers a channel's numbers one by one: their standard deviation (Welford 1962), and what 32 bits would make of them. */
export class Spread {
  #count = 0;
  #mean = 0;
  #squares = 0;
  #least = Number.POSITIVE_INFINITY;
  #greatest = Number.NEGATIVE_INFINITY;
  #rounding = 0;

  add(value: number): void {
    const distance = value - this.#mean;
    this.#mean += distance / ++this.#count;
    this.#squares += distance * (value - this.#mean);
    this.#least = Math.min(this.#least, value);
    this.#greatest = Math.max(this.#greatest, value);
    this.#rounding = Math.max(this.#rounding, Math.abs(value - Math.fround(value)));
  }

  /** Whether the numbers lie so close together, for their size, that 32 bits would move them noticeably: timestamps, or a signal far from 0. */
  isBlurredBySingle(): boolean {
    if (this.#rounding === 0 || isConstant(this.#least, this.#greatest)) return false;
    return this.#rounding > NEGLIGIBLE * Math.sqrt(this.#squares / this.#count) || this.#rounding === Number.POSITIVE_INFINITY;
  }
}
