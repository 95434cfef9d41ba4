import type { Tx } from '../db.ts';
import { announce, type Change } from '../events/topics.ts';
import type { EndedJob } from '../sql/lease.ts';
import { kinds } from './kinds.ts';

/** What follows when attempts have ended: each kind moves on what its job was about, and everyone who watches is told. */
export async function settle(tx: Tx, ended: readonly EndedJob[]): Promise<void> {
  const changes: Change[] = [];
  for (const job of ended) {
    if (job.trainer_id) changes.push(['trainers', job.trainer_id]);
    if (job.state === 'QUEUED') changes.push(['work', job.dataset_id]);
    changes.push(...(await kinds[job.kind].end(tx, job)));
  }
  await announce(tx, changes);
}
