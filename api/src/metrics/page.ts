import type { Tx } from '../db.ts';
import type { CohortMetric, EpochMetric } from '../generated/prisma/client.ts';
import { findPageEnds, type MetricsSlice, readCohortRows, readEpochRows, readRemovals } from '../sql/metrics-page.ts';

/** Rows written after a cursor; see MetricsPage in the contract. `more`: there are further ones after `revision`. */
export type MetricsPage = {
  revision: number;
  removedAfterEpoch: number | null;
  epochs: EpochMetric[];
  cohort: CohortMetric[];
  more: boolean;
};

/** About how many rows of a run one page holds. */
const pageRows = 10_000;

/**
 * What changed in the runs' metrics since a revision, page by page. Revisions are read before the rows: what is written in between is
 * sent now and once more, never left out.
 */
export async function readMetrics(tx: Tx, runIds: readonly string[], slice: MetricsSlice): Promise<Map<string, MetricsPage>> {
  const ends = await findPageEnds(tx, runIds, slice.after, pageRows);
  const pages = new Map<string, MetricsPage>(
    ends.map(({ id, revision, until }) => [
      id,
      { revision: until, removedAfterEpoch: null, epochs: [], cohort: [], more: until < revision },
    ]),
  );
  for (const { run_id, after_epoch } of await readRemovals(tx, ends, slice.after)) {
    const page = pages.get(run_id);
    // Whoever starts from nothing has nothing to remove.
    if (page && slice.after > 0) page.removedAfterEpoch = after_epoch;
  }
  for (const row of await readEpochRows(tx, ends, slice)) pages.get(row.runId)?.epochs.push(row);
  for (const row of await readCohortRows(tx, ends, slice)) pages.get(row.runId)?.cohort.push(row);
  return pages;
}
