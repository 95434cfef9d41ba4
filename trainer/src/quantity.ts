const PREFIXES = ['', 'k', 'M', 'G', 'T'] as const;

/**
 * A number with three figures in the unit that leaves at most three before the point: 345123 → `345 k`, 999700 → `1.00 M`. Rounded first: the
 * unit is that of what is shown.
 */
export const quantity = (value: number, unit: string): string => {
  const rounded = Number(value.toPrecision(3));
  const power = PREFIXES.findLastIndex((_, place) => rounded >= 1000 ** place);
  if (power < 1) return `${rounded} ${unit}`.trimEnd();
  const shown = rounded / 1000 ** power;
  return `${shown >= 1000 ? Math.round(shown) : shown.toPrecision(3)} ${PREFIXES[power]}${unit}`;
};
