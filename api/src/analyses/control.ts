import { written } from '@studyhall/contract/settings/written.ts';
import type { Tx } from '../db.ts';
import { ApiError, badInput, notFound } from '../errors.ts';
import { announce, type Change } from '../events/topics.ts';
import { groupBy } from '../group-by.ts';
import { settle } from '../jobs/ended.ts';
import { cancelAnalysisJobs, failQueuedAnalyses, forgetOrphans, jobsOf, requeueAnalysisJobs } from '../sql/analyses.ts';
import { endAttempts } from '../sql/lease.ts';

/** Most analyses that one mutation takes. */
const maxIds = 200;

/** Cancels analyses: waiting ones at once, running ones as soon as their trainer hears of it. Ended ones are left as they are. */
export async function cancelAnalyses(tx: Tx, ids: readonly string[]): Promise<void> {
  await checkIds(tx, ids);
  const stopped = await cancelAnalysisJobs(tx, ids);
  const cancels = stopped.flatMap(({ state, trainer_id }): Change[] => (state === 'RUNNING' && trainer_id ? [['cancel', trainer_id]] : []));
  await announce(tx, [...cancels, ...(await changesOf(tx, ids))]);
}

/** Queues failed and cancelled analyses again. @throws CONFLICT for one that has lost a run. */
export async function retryAnalyses(tx: Tx, ids: readonly string[]): Promise<void> {
  await checkIds(tx, ids);
  const lost = await tx.analysedNetwork.findFirst({ where: { analysisId: { in: [...ids] }, runId: null } });
  if (lost) throw new ApiError('CONFLICT', `Analysis ${lost.analysisId} is about a run that has been deleted: ${lost.label}.`);
  const again = await requeueAnalysisJobs(tx, ids);
  await announce(tx, [...again.map(({ dataset_id }) => ['work', dataset_id] as const), ...(await changesOf(tx, ids))]);
}

/**
 * Runs are about to be deleted: what is still to be found out about them fails and says why. Call `forgetOrphaned` with what is returned
 * once they are gone.
 */
export async function loseRuns(tx: Tx, runIds: readonly string[]): Promise<string[]> {
  const about = await tx.analysedNetwork.findMany({ where: { runId: { in: [...runIds] } }, select: { analysisId: true, runId: true } });
  const byRun = groupBy(about, ({ runId }) => runId);
  for (const [runId, of] of byRun) {
    const ids = of.map(({ analysisId }) => analysisId);
    const error = `Run ${runId}, which it is about, was deleted.`;
    await failQueuedAnalyses(tx, ids, error);
    await settle(tx, await endAttempts(tx, jobsOf(ids), { ending: 'FAILED', error, failure: true, permanent: true }));
    await announce(tx, await changesOf(tx, ids));
  }
  return [...new Set(about.map(({ analysisId }) => analysisId))];
}

/** Analyses are kept as long as one of their runs is. */
export async function forgetOrphaned(tx: Tx, ids: readonly string[]): Promise<void> {
  if (ids.length > 0) await forgetOrphans(tx, ids);
}

/** Tells who watches one of the runs that these are about. */
async function changesOf(tx: Tx, ids: readonly string[]): Promise<Change[]> {
  const about = await tx.analysedNetwork.findMany({ where: { analysisId: { in: [...ids] } }, select: { runId: true } });
  return about.flatMap(({ runId }): Change[] => (runId === null ? [] : [['analysis', runId]]));
}

async function checkIds(tx: Tx, ids: readonly string[]): Promise<void> {
  if (ids.length > maxIds) throw badInput(`ids has ${written(ids.length)} entries; at most ${written(maxIds)}.`);
  const found = new Set((await tx.analysis.findMany({ where: { id: { in: [...ids] } }, select: { id: true } })).map(({ id }) => id));
  const missing = ids.find((id) => !found.has(id));
  if (missing !== undefined) throw notFound('analysis', missing);
}
