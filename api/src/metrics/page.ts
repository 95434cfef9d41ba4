import type { Tx } from '../db.ts';
import type { CohortMetric, EpochMetric } from '../generated/prisma/client.ts';

/** Rows written after a cursor; see MetricsPage in the contract. */
export type MetricsPage = { revision: number; removedAfterEpoch: number | null; epochs: EpochMetric[]; cohort: CohortMetric[] };

/**
 * What changed in the runs' metrics since a revision. Revision and removals are read before the rows: what is written in between is sent
 * now and once more, never left out.
 */
export async function readMetrics(tx: Tx, runIds: readonly string[], after: number): Promise<Map<string, MetricsPage>> {
  const newer = { runId: { in: [...runIds] }, revision: { gt: after } };
  const runs = await tx.run.findMany({ where: { id: { in: [...runIds] } }, select: { id: true, revision: true } });
  const removals = await tx.metricRemoval.groupBy({ by: ['runId'], where: newer, _min: { afterEpoch: true } });
  const epochs = await tx.epochMetric.findMany({ where: newer, orderBy: [{ epoch: 'asc' }, { network: 'asc' }] });
  const cohort = await tx.cohortMetric.findMany({ where: newer, orderBy: { epoch: 'asc' } });
  const pages = new Map<string, MetricsPage>(
    runs.map(({ id, revision }) => [id, { revision, removedAfterEpoch: null, epochs: [], cohort: [] }]),
  );
  for (const { runId, _min } of removals) {
    const page = pages.get(runId);
    // Whoever starts from nothing has nothing to remove.
    if (page && after > 0) page.removedAfterEpoch = _min.afterEpoch;
  }
  for (const row of epochs) pages.get(row.runId)?.epochs.push(row);
  for (const row of cohort) pages.get(row.runId)?.cohort.push(row);
  return pages;
}
