/** Absent numbers are shown as this. */
export const absent = '–';

const minus = '−';

function fixed(value: number, digits: number): string {
  return value.toFixed(digits).replace('-', minus);
}

/** A fraction as a percentage without its sign: 0.7123 → `71.23`. */
export function percent(fraction: number | null | undefined, digits = 2): string {
  return fraction == null || !Number.isFinite(fraction) ? absent : fixed(fraction * 100, digits);
}

/** A fraction as a percentage at a tick of an axis, as short as it goes: 0.725 → `72.5`. */
export function axisPercent(fraction: number): string {
  return String(Number((fraction * 100).toPrecision(4)));
}

/** A difference of fractions in percentage points, signed: 0.0123 → `+1.23`. */
export function points(fraction: number | null | undefined, digits = 2): string {
  if (fraction == null || !Number.isFinite(fraction)) return absent;
  const text = fixed(fraction * 100, digits);
  return fraction > 0 && Number(text) !== 0 ? `+${text}` : text;
}

/** A count in few characters: 84123 → `84.1k`, 1200000 → `1.20M`. */
export function compactCount(value: number | null | undefined): string {
  if (value == null) return absent;
  for (const [size, unit] of [
    [1e9, 'G'],
    [1e6, 'M'],
    [1e3, 'k'],
  ] as const) {
    if (value >= size) return `${(value / size).toPrecision(3)}${unit}`;
  }
  return String(value);
}

/** A whole number with thin spaces between its thousands: 45000 → `45 000`. */
export function wholeNumber(value: number | null | undefined): string {
  return value == null ? absent : fixed(Math.round(value), 0).replace(/\B(?=(\d{3})+$)/g, '\u202f');
}

/** A measured figure to `digits` significant ones; very small and large ones as powers of ten. */
export function significant(value: number | null | undefined, digits = 4): string {
  if (value == null || !Number.isFinite(value)) return absent;
  const size = Math.abs(value);
  if (size !== 0 && (size < 1e-3 || size >= 1e6))
    return value
      .toExponential(Math.min(2, digits - 1))
      .replace('e', '·10^')
      .replace('+', '')
      .replaceAll('-', minus);
  return value.toPrecision(digits).replace('-', minus);
}

/** Bytes in the unit that leaves three figures: 345123 → `345 kB`. */
export function bytes(value: number): string {
  for (const [size, unit] of [
    [1e9, 'GB'],
    [1e6, 'MB'],
    [1e3, 'kB'],
  ] as const) {
    if (value >= size) return `${(value / size).toPrecision(3)} ${unit}`;
  }
  return `${value} B`;
}
