import { createParser } from 'nuqs/server';
import { readNumber } from './read-number.ts';

/** A whole number in an address, read as a form's field reads it; what cannot be read, or lies outside, counts as not given. */
export function parseAsWhole(min: number, max: number) {
  return createParser({
    parse: (text) => {
      const { value } = readNumber(text, { whole: true });
      return value !== null && value >= min && value <= max ? value : null;
    },
    serialize: String,
  });
}
