import { written } from '../../settings/written.ts';

/** Most characters of a number that is written whole. */
const longest = 6;

/** A number as a label writes it, and whether that is all of it: `0.05`, `1,000`; of a longer one three figures. */
export function shortNumber(value: number): { text: string; whole: boolean } {
  const exact = Number.isInteger(value) ? written(value) : String(value);
  if (Number.isInteger(value) || exact.length <= longest) return { text: exact, whole: true };
  const text = String(Number(value.toPrecision(3)));
  return { text, whole: Number(text) === value };
}
