import type { Tx } from '../db.ts';
import type { Change } from '../events/topics.ts';
import { announce } from '../events/topics.ts';
import { failDependants, type MovedJob, releaseDependants } from '../sql/dependants.ts';
import type { EndedJob } from '../sql/lease.ts';
import { raiseRevision } from '../sql/runs.ts';

/** What follows when attempts have ended: dependants move, revisions rise, everyone who watches is told. */
export async function settle(tx: Tx, ended: readonly EndedJob[]): Promise<void> {
  const changes: Change[] = [];
  for (const job of ended) {
    changes.push(['run', job.run_id]);
    if (job.trainer_id) changes.push(['trainers', job.trainer_id]);
    changes.push(['leaderboard', job.dataset_id]);
    if (job.state === 'QUEUED') changes.push(['work', job.dataset_id]);
    await raiseRevision(tx, job.run_id);
    changes.push(...changesOf(await moveDependants(tx, job)));
  }
  await announce(tx, changes);
}

async function moveDependants(tx: Tx, job: EndedJob): Promise<MovedJob[]> {
  if (job.state === 'QUEUED') return [];
  const moved =
    job.state === 'SUCCEEDED'
      ? await releaseDependants(tx, job.run_id)
      : await failDependants(tx, job.run_id, job.state === 'FAILED' ? 'failed' : 'was cancelled');
  for (const { run_id } of moved) await raiseRevision(tx, run_id);
  return moved;
}

/** Announcements for jobs that were moved along with another. */
export function changesOf(moved: readonly MovedJob[]): Change[] {
  return moved.flatMap(({ run_id, dataset_id, state }): Change[] => [
    ['run', run_id],
    ['leaderboard', dataset_id],
    ...(state === 'QUEUED' ? [['work', dataset_id] as const] : []),
  ]);
}
