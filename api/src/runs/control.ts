import { written } from '@studyhall/contract/settings/written.ts';
import { forgetOrphaned, loseRuns } from '../analyses/control.ts';
import type { Tx } from '../db.ts';
import { ApiError, badInput, notFound } from '../errors.ts';
import { announce, type Change } from '../events/topics.ts';
import { changesOf } from '../jobs/train/ended.ts';
import { cancelJobs, requeueJobs, setPriorities } from '../sql/control.ts';
import { failDependants, reviveDependants } from '../sql/dependants.ts';
import { holdJobsStill } from '../sql/lease.ts';
import { raiseRevision } from '../sql/runs.ts';
import { lockRunTexts } from '../sql/texts.ts';
import { hasLost, readControlled, whyNotArchive, whyNotDelete, whyNotRetry } from './refusals.ts';
import { checkNote, cleanTags } from './schedule.ts';
import { checkSeen } from './seen.ts';

/** Most runs that one mutation takes. */
export const maxIds = 200;

/** Cancels runs: waiting ones at once, running ones as soon as their trainer hears of it. Who waits for one as a teacher fails. */
export async function cancelRuns(tx: Tx, ids: readonly string[]): Promise<void> {
  await checkIds(tx, ids);
  const changes: Change[] = [];
  for (const job of await cancelJobs(tx, ids)) {
    await raiseRevision(tx, job.run_id);
    changes.push(['run', job.run_id]);
    if (job.state === 'RUNNING') {
      if (job.trainer_id) changes.push(['cancel', job.trainer_id]);
      continue;
    }
    changes.push(['leaderboard', job.dataset_id], ['work', job.dataset_id]);
    const failed = await failDependants(tx, job.run_id, 'was cancelled');
    for (const { run_id } of failed) await raiseRevision(tx, run_id);
    changes.push(...changesOf(failed));
  }
  await announce(tx, changes);
}

/** Says how urgent runs are that wait; others are left as they are. A teacher is as urgent as the most urgent of those who wait for it. */
export async function prioritizeRuns(tx: Tx, ids: readonly string[], priority: number): Promise<void> {
  await checkIds(tx, ids);
  const changed = await setPriorities(tx, ids, priority);
  for (const { run_id } of changed) await raiseRevision(tx, run_id);
  await announce(tx, changesOf(changed));
}

/**
 * Queues failed and cancelled runs again, out of the archive; they go on from their last checkpoint. Runs that failed for want of one of them are revived.
 *
 * @throws CONFLICT for a run whose teacher has failed and is not retried with it.
 */
export async function retryRuns(tx: Tx, ids: readonly string[]): Promise<void> {
  await checkIds(tx, ids);
  await holdTeachersStill(tx, ids);
  const together = new Set(ids);
  for (const run of await readControlled(tx, ids)) refuse(hasLost(run.job) ? whyNotRetry(run, together) : null);
  const changes: Change[] = [];
  const moved = await requeueJobs(tx, ids);
  for (const job of moved)
    moved.push(...(await reviveDependants(tx, job.run_id)).map((other) => ({ ...other, job_id: '', trainer_id: null })));
  for (const { run_id } of moved) await raiseRevision(tx, run_id);
  // What is under way again is not hidden.
  await tx.run.updateMany({ where: { id: { in: moved.map(({ run_id }) => run_id) } }, data: { archivedAt: null } });
  changes.push(...changesOf(moved));
  await announce(tx, changes);
}

/** A student that would be revived just now would never get the weights of a teacher that is gone. */
export async function holdStudentsStill(tx: Tx, ids: readonly string[]): Promise<void> {
  const students = await tx.runTeacher.findMany({ where: { teacherRunId: { in: [...ids] } }, select: { runId: true } });
  await holdJobsStill(
    tx,
    students.map(({ runId }) => runId),
  );
}

/** Teachers that would end just now would leave these runs waiting for good. */
export async function holdTeachersStill(tx: Tx, ids: readonly string[]): Promise<void> {
  const teachers = await tx.run.findMany({ where: { students: { some: { runId: { in: [...ids] } } } }, select: { id: true } });
  await holdJobsStill(
    tx,
    teachers.map(({ id }) => id),
  );
}

function refuse(reason: string | null): void {
  if (reason !== null) throw new ApiError('CONFLICT', reason);
}

/** Hides runs from lists and leaderboard, or brings them back. */
export async function archiveRuns(tx: Tx, ids: readonly string[], archived: boolean): Promise<void> {
  await checkIds(tx, ids);
  const runs = await tx.run.findMany({ where: { id: { in: [...ids] } }, include: { job: true } });
  if (archived) for (const run of runs) refuse(whyNotArchive(run));
  await tx.run.updateMany({
    where: { id: { in: [...ids] } },
    data: { archivedAt: archived ? new Date() : null, revision: { increment: 1 } },
  });
  await announce(tx, [...ids.map((id) => ['run', id] as const), ...runs.map(({ datasetId }) => ['leaderboard', datasetId] as const)]);
}

/**
 * Deletes archived runs with everything they hold.
 *
 * @returns how many.
 * @throws CONFLICT for a run that is not archived, or that unfinished runs learn from.
 */
export async function deleteRuns(tx: Tx, ids: readonly string[]): Promise<number> {
  await checkIds(tx, ids);
  const where = { id: { in: [...ids] } };
  await holdStudentsStill(tx, ids);
  const runs = await readControlled(tx, ids);
  for (const run of runs) refuse(whyNotDelete(run));
  const analysed = await loseRuns(tx, ids);
  const { count } = await tx.run.deleteMany({ where });
  await forgetOrphaned(tx, analysed);
  await announce(tx, [
    ...ids.flatMap((id) => [['run', id] as const, ['deleted', id] as const]),
    ...runs.map(({ datasetId }) => ['leaderboard', datasetId] as const),
  ]);
  return count;
}

export type Annotations = { note?: string | null | undefined; tags?: readonly string[] | null | undefined };

/**
 * Sets note and tags; what is absent stays.
 *
 * @param before as the writer has read them
 * @throws CONFLICT if somebody else has changed what is set since then.
 */
export async function annotateRun(tx: Tx, id: string, { note, tags }: Annotations, before: Annotations = {}): Promise<void> {
  if (note) checkNote(note);
  const clean = tags && cleanTags(tags);
  const now = await lockRunTexts(tx, id);
  if (!now) throw notFound('run', id);
  checkSeen(now, before, { note, tags: clean });
  const { datasetId } = await tx.run.update({
    where: { id },
    data: { ...(note == null ? {} : { note }), ...(clean == null ? {} : { tags: clean }), revision: { increment: 1 } },
  });
  await announce(tx, [
    ['run', id],
    ['leaderboard', datasetId],
  ]);
}

async function checkIds(tx: Tx, ids: readonly string[]): Promise<void> {
  if (ids.length > maxIds) throw badInput(`ids has ${written(ids.length)} entries; at most ${written(maxIds)}.`);
  const found = new Set((await tx.run.findMany({ where: { id: { in: [...ids] } }, select: { id: true } })).map(({ id }) => id));
  const missing = ids.find((id) => !found.has(id));
  if (missing !== undefined) throw notFound('run', missing);
}
