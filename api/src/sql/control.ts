import { Prisma, type Tx } from '../db.ts';
import type { MovedJob } from './dependants.ts';

/** Until the transaction ends, none of these runs' jobs changes its state by another hand. */
export async function lockJobs(tx: Tx, runIds: readonly string[]): Promise<void> {
  await tx.$queryRaw(Prisma.sql`SELECT id FROM jobs WHERE run_id = ANY (${[...runIds]}) ORDER BY id FOR UPDATE`);
}

export type ControlledJob = MovedJob & { job_id: string; trainer_id: string | null };

const ofRuns = (runIds: readonly string[]) => Prisma.sql`run_id = ANY (${[...runIds]})`;

/** @returns the jobs that changed. */
export const cancelJobs = (tx: Tx, runIds: readonly string[]) => cancelChosen<ControlledJob>(tx, ofRuns(runIds));

/** @returns the jobs that changed. */
export const requeueJobs = (tx: Tx, runIds: readonly string[]) => requeueChosen<ControlledJob>(tx, ofRuns(runIds));

/**
 * Cancels the jobs that `which` selects: those that wait are CANCELLED at once, those that run are asked to stop. Ended ones are left alone.
 *
 * @returns the jobs that changed.
 */
export async function cancelChosen<Job>(tx: Tx, which: Prisma.Sql): Promise<Job[]> {
  return tx.$queryRaw<Job[]>(Prisma.sql`
    WITH chosen AS (
      SELECT id FROM jobs
      WHERE ${which} AND state IN ('BLOCKED', 'QUEUED', 'RUNNING') AND NOT cancel_requested
      ORDER BY id FOR UPDATE
    )
    UPDATE jobs j SET
      state = CASE WHEN state = 'RUNNING' THEN state ELSE 'CANCELLED' END,
      cancel_requested = state = 'RUNNING',
      finished_at = CASE WHEN state = 'RUNNING' THEN NULL ELSE now() END
    FROM chosen WHERE j.id = chosen.id
    RETURNING ${moved}`);
}

/**
 * Queues the ended jobs that `which` selects again, or blocks them where a teacher of theirs has not succeeded yet. Failures are forgotten.
 *
 * @returns the jobs that changed.
 */
export async function requeueChosen<Job>(tx: Tx, which: Prisma.Sql): Promise<Job[]> {
  return tx.$queryRaw<Job[]>(Prisma.sql`
    WITH chosen AS (
      SELECT j.id, EXISTS (
        SELECT FROM run_teachers l JOIN jobs t ON t.run_id = l.teacher_run_id
        WHERE l.run_id = j.run_id AND t.state <> 'SUCCEEDED') AS waits
      FROM jobs j
      WHERE ${which} AND j.state IN ('FAILED', 'CANCELLED')
      ORDER BY j.id FOR UPDATE OF j
    )
    UPDATE jobs j SET
      state = CASE WHEN chosen.waits THEN 'BLOCKED'::job_state ELSE 'QUEUED'::job_state END,
      failures = 0, failed_by_teacher = false, finished_at = NULL, reason = NULL
    FROM chosen WHERE j.id = chosen.id
    RETURNING ${moved}`);
}

/** How urgent those of these runs are that wait. Who waits for them, and whom they wait for, follows by itself. @returns the jobs that changed. */
export async function setPriorities(tx: Tx, runIds: readonly string[], priority: number): Promise<ControlledJob[]> {
  return tx.$queryRaw<ControlledJob[]>(Prisma.sql`
    WITH chosen AS (
      SELECT id FROM jobs WHERE ${ofRuns(runIds)} AND state IN ('BLOCKED', 'QUEUED') AND priority <> ${priority} ORDER BY id FOR UPDATE
    )
    UPDATE jobs j SET priority = ${priority} FROM chosen WHERE j.id = chosen.id RETURNING ${moved}`);
}

const moved = Prisma.raw('j.id AS job_id, j.run_id, j.dataset_id, j.trainer_id, j.state::text AS state');
