import { Prisma, type Tx } from '../db.ts';

export type EpochRow = {
  network: number;
  epoch: number;
  trainLoss: number;
  trainTerms?: unknown;
  trainAccuracy: number;
  validationLoss?: number | null | undefined;
  validationAccuracy?: number | null | undefined;
  learningRate: number;
  imagesPerSecond: number;
  seconds: number;
};

export type CohortRow = {
  epoch: number;
  ensembleValidationLoss?: number | null | undefined;
  ensembleValidationAccuracy?: number | null | undefined;
};

/** Writes rows under one revision; one that stands already is replaced. A single statement: some 75,000 rows a second. */
export async function upsertEpochs(tx: Tx, runId: string, revision: number, rows: readonly EpochRow[]): Promise<void> {
  if (rows.length === 0) return;
  const of = <Key extends keyof EpochRow>(key: Key) => rows.map((row) => row[key] ?? null);
  await tx.$executeRaw(Prisma.sql`
    INSERT INTO epoch_metrics (run_id, revision, network, epoch, train_loss, train_terms, train_accuracy,
      validation_loss, validation_accuracy, learning_rate, images_per_second, seconds)
    SELECT ${runId}, ${revision}, r.*
    FROM unnest(${of('network')}::int[], ${of('epoch')}::int[], ${of('trainLoss')}::float8[],
      ${rows.map((row) => JSON.stringify(row.trainTerms))}::jsonb[], ${of('trainAccuracy')}::float8[],
      ${of('validationLoss')}::float8[], ${of('validationAccuracy')}::float8[],
      ${of('learningRate')}::float8[], ${of('imagesPerSecond')}::float8[], ${of('seconds')}::float8[]) AS r
    ON CONFLICT (run_id, epoch, network) DO UPDATE SET
      revision = excluded.revision, train_loss = excluded.train_loss, train_terms = excluded.train_terms,
      train_accuracy = excluded.train_accuracy, validation_loss = excluded.validation_loss,
      validation_accuracy = excluded.validation_accuracy, learning_rate = excluded.learning_rate,
      images_per_second = excluded.images_per_second, seconds = excluded.seconds`);
}

export async function upsertCohort(tx: Tx, runId: string, revision: number, rows: readonly CohortRow[]): Promise<void> {
  if (rows.length === 0) return;
  const of = <Key extends keyof CohortRow>(key: Key) => rows.map((row) => row[key] ?? null);
  await tx.$executeRaw(Prisma.sql`
    INSERT INTO cohort_metrics (run_id, revision, epoch, ensemble_validation_loss, ensemble_validation_accuracy)
    SELECT ${runId}, ${revision}, r.*
    FROM unnest(${of('epoch')}::int[], ${of('ensembleValidationLoss')}::float8[], ${of('ensembleValidationAccuracy')}::float8[]) AS r
    ON CONFLICT (run_id, epoch) DO UPDATE SET
      revision = excluded.revision, ensemble_validation_loss = excluded.ensemble_validation_loss,
      ensemble_validation_accuracy = excluded.ensemble_validation_accuracy`);
}

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
