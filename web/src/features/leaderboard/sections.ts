import type { LeaderboardRowFieldsFragment as Row } from '@/generated/graphql.ts';

export type Split = 'validation' | 'test';

/** Rows that may be compared: one dataset's bytes, one number of training images. */
export type Section = { key: string; dataset: Row['dataset']; trainSamples: number; rows: Row[] };

/** Cuts the leaderboard into comparable parts, in the order in which their first rows come. */
export function intoSections(rows: readonly Row[]): Section[] {
  const sections = new Map<string, Section>();
  const waiting = new Set<string>();
  for (const row of rows) {
    // Until a run of the group has succeeded, its networks have nothing to tell apart: one row stands for all.
    if (row.n === 0 && waiting.has(row.groupKey)) continue;
    if (row.n === 0) waiting.add(row.groupKey);
    const key = `${row.dataset.hash} ${row.trainSamples}`;
    const section = sections.get(key) ?? { key, dataset: row.dataset, trainSamples: row.trainSamples, rows: [] };
    section.rows.push(row);
    sections.set(key, section);
  }
  return [...sections.values()];
}

export const accuracyOf = (row: Row, split: Split) => (split === 'test' ? row.testAccuracy : row.validationAccuracy);
export const ensembleOf = (row: Row, split: Split) => (split === 'test' ? row.ensembleTestAccuracy : row.ensembleValidationAccuracy);
export const gainOf = (row: Row, split: Split) => (split === 'test' ? row.testGain : row.validationGain);

/** Each seed's accuracy, and its gain over its own twin, where it has one. */
export function seedsOf(row: Row, split: Split) {
  const present = (value: number | null, seed: number) => (value === null ? [] : [{ seed, value }]);
  return {
    accuracy: row.points.flatMap((point) => present(split === 'test' ? point.testAccuracy : point.validationAccuracy, point.seed)),
    gain: row.points.flatMap((point) => present(split === 'test' ? point.testGain : point.validationGain, point.seed)),
  };
}
