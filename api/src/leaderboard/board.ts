import { type Estimate, estimate } from '@studyhall/contract/statistics/estimate.ts';
import { gain } from '@studyhall/contract/statistics/gain.ts';
import type { Tx } from '../db.ts';
import { type BoardFilter, type BoardPage, type BoardPoint, type BoardRecord, readBoardRecords } from '../sql/leaderboard.ts';

/** A leaderboard row with its estimates over seeds; null where no seed has the figure. */
export type BoardRow = BoardRecord & {
  seeds: number[];
  validation: Estimate | null;
  test: Estimate | null;
  train: Estimate | null;
  ensemble_validation: Estimate | null;
  ensemble_test: Estimate | null;
  validation_gain: Estimate | null;
  test_gain: Estimate | null;
};

/** One page of the leaderboard. */
export async function readBoard(tx: Tx, page: BoardPage): Promise<BoardRow[]> {
  return (await readBoardRecords(tx, page)).map(withEstimates);
}

/** Most rows of a group: a cohort of 16, 8 teachers trained with it, and the ensemble. */
const mostRows = 25;

/** All rows of these groups, by label and index. */
export async function readGroups(tx: Tx, groupKeys: readonly string[]): Promise<BoardRow[]> {
  const filter: BoardFilter = { groupKeys, members: 'ALL', includeTeachers: true, minSeeds: 0 };
  return readBoard(tx, { filter, sort: 'LABEL', direction: 'ASC', offset: 0, limit: groupKeys.length * mostRows });
}

/** Over the seeds that have it: mean, sample sd and interval of a figure. */
function over(points: readonly BoardPoint[], read: (point: BoardPoint) => number | null): Estimate | null {
  return estimate(points.flatMap((point) => read(point) ?? []));
}

/** A seed's accuracy minus that of its independent twin; null where it has none. */
export const validationGain = ({ validationAccuracy, twin }: BoardPoint) => gain(validationAccuracy, twin?.validationAccuracy);
export const testGain = ({ testAccuracy, twin }: BoardPoint) => gain(testAccuracy, twin?.testAccuracy);

function withEstimates(row: BoardRecord): BoardRow {
  const { points, ensemble_points: ensemble } = row;
  return {
    ...row,
    seeds: points.map(({ seed }) => seed),
    validation: over(points, ({ validationAccuracy }) => validationAccuracy),
    test: over(points, ({ testAccuracy }) => testAccuracy),
    train: over(points, ({ trainAccuracy }) => trainAccuracy),
    ensemble_validation: over(ensemble, ({ validationAccuracy }) => validationAccuracy),
    ensemble_test: over(ensemble, ({ testAccuracy }) => testAccuracy),
    validation_gain: over(points, validationGain),
    test_gain: over(points, testGain),
  };
}
