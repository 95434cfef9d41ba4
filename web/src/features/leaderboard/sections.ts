import type { LeaderboardRowFieldsFragment as Row } from '@/generated/graphql.ts';
import { shortPercent, wholeNumber } from '@/lib/format/number.ts';

export type Split = 'validation' | 'test';

type Data = Pick<Row, 'dataset' | 'trainSamples' | 'labelledFraction' | 'withheldClasses'>;

/** Rows that may be compared: one dataset's bytes, as many training images, as many of them with a label, the same classes shown. */
export type Section = Data & {
  /** Stays the same for as long as the data is the same: an anchor in addresses. */
  id: string;
  rows: Row[];
};

/** Cuts the leaderboard into comparable parts, in the order in which their first rows come. */
export function intoSections(rows: readonly Row[]): Section[] {
  const sections = new Map<string, Section>();
  const waiting = new Set<string>();
  for (const row of rows) {
    // Until a run of the group has succeeded, its networks have nothing to tell apart: one row stands for all.
    if (row.n === 0 && waiting.has(row.groupKey)) continue;
    if (row.n === 0) waiting.add(row.groupKey);
    const { dataset, trainSamples, labelledFraction, withheldClasses } = row;
    const id = sectionId(row);
    const section = sections.get(id) ?? { id, dataset, trainSamples, labelledFraction, withheldClasses, rows: [] };
    section.rows.push(row);
    sections.set(id, section);
  }
  return [...sections.values()];
}

/** `shapes-16-1a2b3c4d-1800`, and for rows with fewer labels or classes `-labelled-0.1-without-3-7`. */
function sectionId({ dataset, trainSamples, labelledFraction, withheldClasses }: Data): string {
  const parts = [dataset.name.replace(/[^\p{L}\p{N}.]+/gu, '-'), shortHash(dataset), trainSamples];
  if (labelledFraction < 1) parts.push('labelled', labelledFraction);
  if (withheldClasses.length > 0) parts.push('without', ...withheldClasses);
  return parts.join('-');
}

export function shortHash({ hash }: { hash: string }): string {
  return hash.replace('sha256:', '').slice(0, 8);
}

/** Most classes that are named one by one. */
const mostNamed = 8;

/** What a section's rows were trained on, in words: `1,800 training images, 10 % labelled, without classes 3, 7`. */
export function sectionWords({ trainSamples, labelledFraction, withheldClasses }: Data): string {
  const parts = [`${wholeNumber(trainSamples)} training images`];
  if (labelledFraction < 1) parts.push(`${shortPercent(labelledFraction)} % labelled`);
  const count = withheldClasses.length;
  if (count > mostNamed) parts.push(`without ${count} classes`);
  else if (count > 0) parts.push(`without ${count > 1 ? 'classes' : 'class'} ${withheldClasses.join(', ')}`);
  return parts.join(', ');
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
