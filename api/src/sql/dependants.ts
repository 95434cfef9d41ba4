import { Prisma, type Tx } from '../db.ts';

export type MovedJob = { run_id: string; dataset_id: string; state: string };

/** A teacher has succeeded: who waited for it may run. */
export async function releaseDependants(tx: Tx, teacherRunId: string): Promise<MovedJob[]> {
  return tx.$queryRaw<MovedJob[]>(Prisma.sql`
    UPDATE jobs j SET state = 'QUEUED'
    FROM runs r WHERE r.id = j.run_id AND r.teacher_run_id = ${teacherRunId} AND j.state = 'BLOCKED'
    RETURNING j.run_id, j.dataset_id, j.state::text AS state`);
}

/** A teacher has failed or was cancelled: who waits for it, and who waits for those, fails with it and names it. */
export async function failDependants(tx: Tx, teacherRunId: string, how: 'failed' | 'was cancelled'): Promise<MovedJob[]> {
  return tx.$queryRaw<MovedJob[]>(Prisma.sql`
    WITH RECURSIVE waiting AS (
      SELECT r.id, r.teacher_run_id, ${how}::text AS how
      FROM runs r JOIN jobs j ON j.run_id = r.id
      WHERE r.teacher_run_id = ${teacherRunId} AND j.state = 'BLOCKED'
      UNION
      SELECT r.id, r.teacher_run_id, 'failed'
      FROM runs r JOIN jobs j ON j.run_id = r.id JOIN waiting w ON r.teacher_run_id = w.id
      WHERE j.state = 'BLOCKED'
    )
    UPDATE jobs j
    SET state = 'FAILED', failed_by_teacher = true, finished_at = now(),
        reason = 'Its teacher, run ' || w.teacher_run_id || ', ' || w.how || '. Retry that run and this one is revived.'
    FROM waiting w WHERE j.run_id = w.id
    RETURNING j.run_id, j.dataset_id, j.state::text AS state`);
}

/** A teacher is tried again: who failed for want of it waits again. */
export async function reviveDependants(tx: Tx, teacherRunId: string): Promise<MovedJob[]> {
  return tx.$queryRaw<MovedJob[]>(Prisma.sql`
    WITH RECURSIVE lost AS (
      SELECT r.id FROM runs r JOIN jobs j ON j.run_id = r.id WHERE r.teacher_run_id = ${teacherRunId} AND j.failed_by_teacher
      UNION
      SELECT r.id FROM runs r JOIN jobs j ON j.run_id = r.id JOIN lost ON r.teacher_run_id = lost.id WHERE j.failed_by_teacher
    )
    UPDATE jobs j SET state = 'BLOCKED', failed_by_teacher = false, finished_at = NULL, reason = NULL
    FROM lost WHERE j.run_id = lost.id
    RETURNING j.run_id, j.dataset_id, j.state::text AS state`);
}
