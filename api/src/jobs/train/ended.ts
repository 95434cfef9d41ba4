import { askWanted } from '../../analyses/wanted.ts';
import type { Tx } from '../../db.ts';
import type { Change } from '../../events/topics.ts';
import { failDependants, type MovedJob, releaseDependants } from '../../sql/dependants.ts';
import type { EndedJob } from '../../sql/lease.ts';
import { raiseRevision } from '../../sql/runs.ts';
import { runOf } from './run-of.ts';

/** A run's training has ended, or waits again: who waits for the run as a teacher moves, and revisions rise. */
export async function endTraining(tx: Tx, job: EndedJob): Promise<Change[]> {
  const runId = runOf(job);
  await raiseRevision(tx, runId);
  if (job.state === 'SUCCEEDED') await askWanted(tx, runId);
  return [['run', runId], ['leaderboard', job.dataset_id], ...changesOf(await moveDependants(tx, runId, job.state))];
}

async function moveDependants(tx: Tx, runId: string, state: EndedJob['state']): Promise<MovedJob[]> {
  if (state === 'QUEUED') return [];
  const moved =
    state === 'SUCCEEDED'
      ? await releaseDependants(tx, runId)
      : await failDependants(tx, runId, state === 'FAILED' ? 'failed' : 'was cancelled');
  for (const { run_id } of moved) await raiseRevision(tx, run_id);
  return moved;
}

/** Announcements for runs whose jobs were moved along with another. */
export function changesOf(moved: readonly MovedJob[]): Change[] {
  return moved.flatMap(({ run_id, dataset_id, state }): Change[] => [
    ['run', run_id],
    ['leaderboard', dataset_id],
    ...(state === 'QUEUED' ? [['work', dataset_id] as const] : []),
  ]);
}
