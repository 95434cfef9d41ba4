import { type Estimate, estimate } from '@studyhall/contract/statistics/estimate.ts';
import { gain } from '@studyhall/contract/statistics/gain.ts';
import type { Tx } from '../db.ts';
import type { Dataset, Experiment } from '../generated/prisma/client.ts';
import { type BoardFilter, type BoardPage, type BoardPoint, type BoardRecord, readBoardRecords } from '../sql/leaderboard.ts';

/** A leaderboard row with its estimates over seeds; null where no seed has the figure. */
export type BoardRow = BoardRecord & {
  dataset: Dataset;
  experiment: Experiment | null;
  seeds: number[];
  validation: Estimate | null;
  test: Estimate | null;
  train: Estimate | null;
  ensemble_validation: Estimate | null;
  ensemble_test: Estimate | null;
  validation_gain: Estimate | null;
  test_gain: Estimate | null;
};

/** One page of the leaderboard, and how many rows it has in all. */
export async function readBoard(tx: Tx, page: BoardPage): Promise<{ rows: BoardRow[]; total: number }> {
  const paged = await readBoardRecords(tx, page);
  const records = paged.map(({ record }) => record);
  const datasets = await byId(
    records,
    ({ dataset_id }) => dataset_id,
    (where) => tx.dataset.findMany({ where }),
  );
  const experiments = await byId(
    records,
    ({ experiment_id }) => experiment_id,
    (where) => tx.experiment.findMany({ where }),
  );
  const rows = records.map((record) => {
    const dataset = datasets.get(record.dataset_id);
    if (!dataset) throw new Error(`Dataset ${record.dataset_id} of a run is missing.`);
    return { ...withEstimates(record), dataset, experiment: experiments.get(record.experiment_id ?? '') ?? null };
  });
  return { rows, total: paged[0]?.total ?? 0 };
}

/** What rows name by its id, read for all of them together: with it at hand their fields need nothing that would have to be waited for. */
async function byId<Found extends { id: string }>(
  records: readonly BoardRecord[],
  idOf: (record: BoardRecord) => string | null,
  find: (where: { id: { in: string[] } }) => Promise<Found[]>,
): Promise<Map<string, Found>> {
  const ids = [...new Set(records.flatMap((record) => idOf(record) ?? []))];
  const found = ids.length > 0 ? await find({ id: { in: ids } }) : [];
  return new Map(found.map((one) => [one.id, one]));
}

/** Most rows of a group: a cohort of 16, 8 teachers trained with it, and the ensemble. */
const mostRows = 25;

/** All rows of these groups, by label and index. */
export async function readGroups(tx: Tx, groupKeys: readonly string[]): Promise<BoardRow[]> {
  const filter: BoardFilter = { groupKeys, members: 'ALL', includeTeachers: true, minSeeds: 0 };
  const limit = groupKeys.length * mostRows;
  return (await readBoard(tx, { filter, sort: 'LABEL', direction: 'ASC', offset: 0, limit })).rows;
}

/** Over the seeds that have it: mean, sample sd and interval of a figure. */
function over(points: readonly BoardPoint[], read: (point: BoardPoint) => number | null): Estimate | null {
  return estimate(points.flatMap((point) => read(point) ?? []));
}

/** A seed's accuracy minus that of its independent twin; null where it has none. */
export const validationGain = ({ validationAccuracy, twin }: BoardPoint) => gain(validationAccuracy, twin?.validationAccuracy);
export const testGain = ({ testAccuracy, twin }: BoardPoint) => gain(testAccuracy, twin?.testAccuracy);

function withEstimates(row: BoardRecord): Omit<BoardRow, 'dataset' | 'experiment'> {
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
