import { Prisma, type Tx } from '../db.ts';

/**
 * Removes the rows past a checkpoint: those of the cohort after `epoch`, those of a teacher trained within the run after
 * `teacherEpoch`. Rows that stay although they lie after the announced epoch get the new revision, so that a subscriber who drops them
 * receives them again.
 *
 * @returns whether anything was removed.
 */
export async function removeRowsAfter(tx: Tx, runId: string, epoch: number, teacherEpoch: number): Promise<boolean> {
  const rows = await tx.$queryRaw<{ removed: boolean }[]>(Prisma.sql`
    WITH gone AS (
      DELETE FROM epoch_metrics m USING networks n
      WHERE m.run_id = ${runId} AND n.run_id = m.run_id AND n.index = m.network
        AND m.epoch > CASE WHEN n.role = 'TEACHER' THEN ${teacherEpoch}::int ELSE ${epoch}::int END
      RETURNING 1
    ), gone_cohort AS (
      DELETE FROM cohort_metrics WHERE run_id = ${runId} AND epoch > ${epoch} RETURNING 1
    ), gone_measurements AS (
      DELETE FROM measurements x
      WHERE x.run_id = ${runId} AND x.epoch > CASE WHEN EXISTS (
          SELECT FROM networks n WHERE n.run_id = x.run_id AND n.index = x.network AND n.role = 'TEACHER' AND x.other = -1)
        THEN ${teacherEpoch}::int ELSE ${epoch}::int END
    )
    SELECT EXISTS (SELECT FROM gone) OR EXISTS (SELECT FROM gone_cohort) AS removed`);
  if (!rows[0]?.removed) return false;
  const after = Math.min(epoch, teacherEpoch);
  await tx.$executeRaw(Prisma.sql`
    WITH raised AS (
      UPDATE runs SET revision = revision + 1, epochs_done = least(epochs_done, ${epoch}) WHERE id = ${runId} RETURNING revision
    ), kept AS (
      UPDATE epoch_metrics SET revision = raised.revision FROM raised WHERE run_id = ${runId} AND epoch > ${after}
    )
    INSERT INTO metric_removals (run_id, revision, after_epoch) SELECT ${runId}, revision, ${after} FROM raised`);
  return true;
}
