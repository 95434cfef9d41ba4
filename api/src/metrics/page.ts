import type { Tx } from '../db.ts';
import type { CohortMetric, EpochMetric } from '../generated/prisma/client.ts';
import { groupBy } from '../group-by.ts';
import { cohort, none, type RunMeasurement, readEpochMeasurements } from '../sql/measurements.ts';
import { findPageEnds, type MetricsSlice, readCohortRows, readEpochRows, readRemovals } from '../sql/metrics-page.ts';

/** A row, or a page, with what else was measured: read once for all rows of all pages, when somebody asks. */
export type MeasuredRow = { figures(): Promise<readonly RunMeasurement[]> };
export type EpochPageRow = EpochMetric & MeasuredRow;
export type CohortPageRow = CohortMetric & MeasuredRow;

/** Rows written after a cursor, and what else was measured at their epochs; see MetricsPage in the contract. `more`: there are further ones after `revision`. */
export type MetricsPage = {
  revision: number;
  removedAfterEpoch: number | null;
  epochs: EpochPageRow[];
  cohort: CohortPageRow[];
  more: boolean;
} & MeasuredRow;

/** About how many rows of a run one page holds. */
const pageRows = 10_000;

/**
 * What changed in the runs' metrics since a revision, page by page. Revisions are read before the rows: what is written in between is
 * sent now and once more, never left out.
 */
export async function readMetrics(tx: Tx, runIds: readonly string[], slice: MetricsSlice): Promise<Map<string, MetricsPage>> {
  const ends = await findPageEnds(tx, runIds, slice.after, pageRows);
  const measured = once(() => readEpochMeasurements(tx, ends, slice));
  const byRun = once(async () => groupBy(await measured(), ({ runId }) => runId));
  const byPlace = once(async () => groupBy(await measured(), placeOf));
  const pages = new Map<string, MetricsPage>(
    ends.map(({ id, revision, until }) => [
      id,
      {
        revision: until,
        removedAfterEpoch: null,
        epochs: [],
        cohort: [],
        more: until < revision,
        figures: async () => (await byRun()).get(id) ?? [],
      },
    ]),
  );
  const [removals, epochRows, cohortRows] = await Promise.all([
    readRemovals(tx, ends, slice.after),
    readEpochRows(tx, ends, slice),
    readCohortRows(tx, ends, slice),
  ]);
  for (const { run_id, after_epoch } of removals) {
    const page = pages.get(run_id);
    // Whoever starts from nothing has nothing to remove.
    if (page && slice.after > 0) page.removedAfterEpoch = after_epoch;
  }
  const figures = async (place: string) => (await byPlace()).get(place) ?? [];
  for (const row of epochRows) {
    const place = `${row.runId} ${row.epoch} ${row.network}`;
    pages.get(row.runId)?.epochs.push({ ...row, figures: () => figures(place) });
  }
  for (const row of cohortRows) {
    const place = `${row.runId} ${row.epoch} ${cohort}`;
    pages.get(row.runId)?.cohort.push({ ...row, figures: () => figures(place) });
  }
  return pages;
}

/** Made when it is first asked for; what failed is made anew for who asks next. */
const once = <Value>(make: () => Promise<Value>) => {
  let made: Promise<Value> | undefined;
  return () => {
    made ??= make().catch((error) => {
      made = undefined;
      throw error;
    });
    return made;
  };
};

/** Whose row a figure stands with: a pair's is the cohort's. */
const placeOf = ({ runId, epoch, network, other }: RunMeasurement) => `${runId} ${epoch} ${other === none ? network : cohort}`;
