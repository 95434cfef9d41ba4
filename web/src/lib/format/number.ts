import { written } from '@studyhall/contract/settings/written.ts';

/** Absent numbers are shown as this. */
export const absent = '–';

const minus = '−';

/** With so many digits behind the point; what rounds to nothing has no sign. */
export function fixed(value: number, digits: number): string {
  const text = value.toFixed(digits);
  return Number(text) === 0 ? text.replace('-', '') : text.replace('-', minus);
}

/** A fraction as a percentage without its sign: 0.7123 → `71.23`. */
export function percent(fraction: number | null | undefined, digits = 2): string {
  return fraction == null || !Number.isFinite(fraction) ? absent : fixed(fraction * 100, digits);
}

/** A part in percent, as short as it goes, without its sign: 0.125 → `12.5`. */
export function shortPercent(fraction: number): string {
  return String(Number((fraction * 100).toPrecision(12)));
}

/** A difference of fractions in percentage points, signed: 0.0123 → `+1.23`. */
export function points(fraction: number | null | undefined, digits = 2): string {
  if (fraction == null || !Number.isFinite(fraction)) return absent;
  const text = fixed(fraction * 100, digits);
  return fraction > 0 && Number(text) !== 0 ? `+${text}` : text;
}

/** A count in few characters: 84123 → `84.1k`, 1200000 → `1.20M`. */
export function compactCount(value: number | null | undefined): string {
  return value == null || !Number.isFinite(value) ? absent : inUnit(value, ['', 'k', 'M', 'G', 'T', 'P'], '');
}

/** Three figures in the largest unit of a thousand that leaves a whole part; the number is rounded first, for that may take it into the next. */
function inUnit(value: number, units: readonly string[], space: string): string {
  const rounded = Number(value.toPrecision(3));
  const size = Math.abs(rounded);
  const power = Math.min(units.length - 1, Math.max(0, Math.floor(Math.log10(size || 1) / 3)));
  const inside = rounded / 1000 ** power;
  // Below the first unit there is nothing to cut, and beyond the last no shorter way.
  const text = power === 0 || Math.abs(inside) >= 1000 ? String(Number(inside.toPrecision(3))) : inside.toPrecision(3);
  return `${text.replace('-', minus)}${space}${units[power]}`;
}

/** A whole number with commas between its thousands, as in labels, messages and the guide: 45000 → `45,000`. */
export function wholeNumber(value: number | null | undefined): string {
  return value == null ? absent : written(Math.round(value)).replace('-', minus);
}

/** A measured figure to `digits` significant ones; very small and large ones as powers of ten. */
export function significant(value: number | null | undefined, digits = 4): string {
  if (value == null || !Number.isFinite(value)) return absent;
  const short = Math.min(3, digits);
  // Rounding comes first: 0.00099999 is 0.001, and 999999.9 a million.
  const [least, most] = [Math.abs(Number(value.toPrecision(short))), Math.abs(Number(value.toPrecision(digits)))];
  if (value !== 0 && (least < 1e-3 || most >= 1e6))
    return value
      .toExponential(short - 1)
      .replace(/e\+?(-?\d+)$/, (_, power: string) => `·10${raised(power)}`)
      .replace('-', minus);
  const text = value.toPrecision(digits);
  const plain = text.includes('e') ? String(Number(text)) : text;
  return (plain.includes('.') ? plain : written(Number(plain))).replace('-', minus);
}

/** A whole number set as an exponent. */
const raised = (power: string): string => power.replace(/./g, (sign) => '⁰¹²³⁴⁵⁶⁷⁸⁹'[Number(sign)] ?? '⁻');

/** Bytes in the unit that leaves three figures: 345123 → `345 kB`. */
export function bytes(value: number): string {
  return inUnit(value, ['B', 'kB', 'MB', 'GB', 'TB', 'PB'], ' ');
}
