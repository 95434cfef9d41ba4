import { Prisma, type Tx } from '../db.ts';

export type MovedJob = { run_id: string; dataset_id: string; state: string };

/**
 * A teacher has succeeded: who waited for it, and for no other, may run. Two teachers of one student that succeed at the same moment do
 * not see each other's end: so the student's job is locked first, and whoever comes second looks again.
 */
export async function releaseDependants(tx: Tx, teacherRunId: string): Promise<MovedJob[]> {
  await tx.$queryRaw(Prisma.sql`
    SELECT j.id FROM jobs j JOIN run_teachers l ON l.run_id = j.run_id
    WHERE l.teacher_run_id = ${teacherRunId} AND j.state = 'BLOCKED'
    ORDER BY j.id FOR UPDATE OF j`);
  return tx.$queryRaw<MovedJob[]>(Prisma.sql`
    UPDATE jobs j SET state = 'QUEUED'
    WHERE j.state = 'BLOCKED'
      AND j.run_id IN (SELECT run_id FROM run_teachers WHERE teacher_run_id = ${teacherRunId})
      AND NOT EXISTS (
        SELECT FROM run_teachers l JOIN jobs t ON t.run_id = l.teacher_run_id WHERE l.run_id = j.run_id AND t.state <> 'SUCCEEDED')
    RETURNING j.run_id, j.dataset_id, j.state::text AS state`);
}

/** A teacher has failed or was cancelled: who waits for it, and who waits for those, fails with it and names it. */
export async function failDependants(tx: Tx, teacherRunId: string, how: 'failed' | 'was cancelled'): Promise<MovedJob[]> {
  return tx.$queryRaw<MovedJob[]>(Prisma.sql`
    WITH RECURSIVE waiting AS (
      SELECT l.run_id AS id, l.teacher_run_id, ${how}::text AS how, 1 AS depth
      FROM run_teachers l JOIN jobs j ON j.run_id = l.run_id
      WHERE l.teacher_run_id = ${teacherRunId} AND j.state = 'BLOCKED'
      UNION
      SELECT l.run_id, l.teacher_run_id, 'failed', w.depth + 1
      FROM run_teachers l JOIN jobs j ON j.run_id = l.run_id JOIN waiting w ON l.teacher_run_id = w.id
      WHERE j.state = 'BLOCKED'
    ), nearest AS (
      SELECT DISTINCT ON (id) id, teacher_run_id, how FROM waiting ORDER BY id, depth, teacher_run_id
    )
    UPDATE jobs j
    SET state = 'FAILED', failed_by_teacher = true, finished_at = now(),
        reason = 'Its teacher, run ' || w.teacher_run_id || ', ' || w.how || '. Retry that run and this one is revived.'
    FROM nearest w WHERE j.run_id = w.id AND j.state = 'BLOCKED'
    RETURNING j.run_id, j.dataset_id, j.state::text AS state`);
}

/**
 * A teacher is tried again: who failed for want of it waits again, unless another of its teachers is lost or deleted; then it says so.
 *
 * @returns those that wait again. Who failed for want of them is not among them: call this for each.
 */
export async function reviveDependants(tx: Tx, teacherRunId: string): Promise<MovedJob[]> {
  // One that is lost at this moment would leave them waiting for good.
  await tx.$queryRaw(Prisma.sql`
    SELECT t.id
    FROM run_teachers mine
    JOIN jobs j ON j.run_id = mine.run_id AND j.failed_by_teacher
    JOIN run_teachers l ON l.run_id = mine.run_id
    JOIN jobs t ON t.run_id = l.teacher_run_id
    WHERE mine.teacher_run_id = ${teacherRunId}
    ORDER BY t.id FOR SHARE OF t`);
  await tx.$executeRaw(Prisma.sql`
    UPDATE jobs j
    SET reason = lost.reason
    FROM (
      SELECT DISTINCT ON (l.run_id) l.run_id, CASE
          WHEN l.teacher_run_id IS NULL THEN 'One of its teachers has been deleted: clone this run and name another teacher.'
          ELSE 'Its teacher, run ' || t.run_id || ', ' || CASE t.state WHEN 'FAILED' THEN 'failed' ELSE 'was cancelled' END
            || '. Retry that run and this one is revived.'
        END AS reason
      FROM run_teachers l LEFT JOIN jobs t ON t.run_id = l.teacher_run_id
      WHERE l.teacher_run_id IS NULL OR t.state IN ('FAILED', 'CANCELLED')
      ORDER BY l.run_id, l.teacher_run_id IS NOT NULL, l.position
    ) lost
    WHERE j.run_id = lost.run_id AND j.failed_by_teacher
      AND j.run_id IN (SELECT run_id FROM run_teachers WHERE teacher_run_id = ${teacherRunId})`);
  return tx.$queryRaw<MovedJob[]>(Prisma.sql`
    UPDATE jobs j SET state = 'BLOCKED', failed_by_teacher = false, finished_at = NULL, reason = NULL
    WHERE j.failed_by_teacher
      AND j.run_id IN (SELECT run_id FROM run_teachers WHERE teacher_run_id = ${teacherRunId})
      AND NOT EXISTS (
        SELECT FROM run_teachers l LEFT JOIN jobs t ON t.run_id = l.teacher_run_id
        WHERE l.run_id = j.run_id AND (l.teacher_run_id IS NULL OR t.state IN ('FAILED', 'CANCELLED')))
    RETURNING j.run_id, j.dataset_id, j.state::text AS state`);
}
