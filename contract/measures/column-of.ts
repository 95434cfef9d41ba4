import type { Measure, Split } from './measure.ts';

/**
 * What the column of a measure on a split holds: `validationAccuracy` of a network, `ensembleValidationAccuracy` of a cohort, and the like;
 * null where there is none.
 */
export function columnOf(columns: object, column: NonNullable<Measure['column']>, split: Split): number | null {
  const held = columns as Readonly<Record<string, number | null | undefined>>;
  const [on, what] = [split.toLowerCase(), column].map((word) => `${word.charAt(0).toUpperCase()}${word.slice(1)}`);
  return held[`${split.toLowerCase()}${what}`] ?? held[`ensemble${on}${what}`] ?? null;
}
