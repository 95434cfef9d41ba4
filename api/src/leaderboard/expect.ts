import { type Estimate, estimate } from '@studyhall/contract/statistics/estimate.ts';
import { studentInterval } from '@studyhall/contract/statistics/student-interval.ts';
import { type BoardRow, testGain, validationGain } from './board.ts';

/** A figure as it is, and the interval to expect of it with more seeds: as wide as so many that scatter as those so far make it. */
export type Expectation = {
  of: string;
  metric: 'VALIDATION_ACCURACY' | 'TEST_ACCURACY';
  /** A gain over the independent twin, or the accuracy itself. */
  gain: boolean;
  now: Estimate | null;
  /** Seeds, of a gain those that both sides have. */
  n: number;
  interval: number | null;
};

type Split = { metric: Expectation['metric']; gain: Estimate | null; accuracy: Estimate | null };

/**
 * What a group's networks and its ensemble will have once they, and their twin, have these seeds.
 *
 * @param seeds that the group has then.
 * @param twin that its twin has then; absent where it has none: then the accuracies themselves are told.
 */
export function expectRows(rows: readonly BoardRow[], seeds: ReadonlySet<number>, twin: ReadonlySet<number> | undefined): Expectation[] {
  const paired = twin && [...seeds].filter((seed) => twin.has(seed)).length;
  return rows
    .filter(({ role }) => role !== 'TEACHER')
    .map((row): Expectation => {
      const { metric, gain, accuracy } = splitOf(row);
      const now = paired === undefined ? accuracy : gain;
      const n = paired ?? seeds.size;
      return { of: nameOf(row), metric, gain: paired !== undefined, now, n, interval: studentInterval(now?.sd ?? null, n) };
    });
}

/** The validation split, where one is held back. */
function splitOf({ points, validation, test }: BoardRow): Split {
  const over = (read: typeof validationGain) => estimate(points.flatMap((point) => read(point) ?? []));
  if (validation || !test) return { metric: 'VALIDATION_ACCURACY', gain: over(validationGain), accuracy: validation };
  return { metric: 'TEST_ACCURACY', gain: over(testGain), accuracy: test };
}

const nameOf = ({ label, index, models }: BoardRow) => `${label}, ${index === null ? 'ensemble' : `network ${index} (${models[0]})`}`;
