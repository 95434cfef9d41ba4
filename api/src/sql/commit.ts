import { Prisma } from '../db.ts';
import { newId } from '../ids.ts';
import type { LeaseKey } from './lease.ts';
import type { MeasurementRow } from './measurements.ts';
import { endOf } from './token-end.ts';

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

export type Checkpoint = { epoch: number; teacherEpoch?: number | null | undefined; sha256: string };

/** What one commit writes; checked before. `epochsDone`: how far its rows take the cohort. */
export type CommitRows = {
  lease: LeaseKey;
  epochsDone: number;
  epochs: readonly EpochRow[];
  cohort: readonly CohortRow[];
  measurements: readonly MeasurementRow[];
  checkpoint: Checkpoint | undefined;
};

/** `place`: of the commit in the list that was to be written. */
export type Written = { place: number; lease_expires_at: Date; cancel_requested: boolean };

export type WriteOptions = {
  leaseSeconds: number;
  /** Where the runs' changes are announced. */
  channel: string;
  /** Leaves those out that somebody else is writing to at this moment, instead of waiting: no commit then waits for another's. */
  skipLocked?: boolean;
  /** False: the tokens were only remembered. Those that were revoked or expired since write nothing. */
  identified?: boolean;
};

/**
 * Writes commits of different jobs, each wholly or not at all: whose attempt holds its job, and whose checkpoint was uploaded. Renews their
 * leases, raises their runs' revisions, replaces rows that stand already, and announces all of it. Locks are taken in the order of job, run,
 * artifact.
 *
 * @returns a statement that gives the commits that were written.
 */
export function writeCommits(
  commits: readonly CommitRows[],
  { leaseSeconds, channel, skipLocked = false, identified = true }: WriteOptions,
): Prisma.Sql {
  const free = skipLocked ? Prisma.sql`SKIP LOCKED` : Prisma.empty;
  const of = <Value>(read: (commit: CommitRows) => Value) => commits.map(read);
  return Prisma.sql`
    WITH asked AS MATERIALIZED (
      SELECT * FROM unnest(${of(({ lease }) => lease.jobId)}::text[], ${of(({ lease }) => lease.attempt)}::int[],
        ${of(({ lease }) => lease.tokenId)}::text[], ${of(({ epochsDone }) => epochsDone)}::int[],
        ${of(({ checkpoint }) => checkpoint?.epoch ?? null)}::int[], ${of(({ checkpoint }) => checkpoint?.teacherEpoch ?? null)}::int[],
        ${of(({ checkpoint }) => checkpoint?.sha256 ?? null)}::text[], ${of(() => newId('JobArtifact'))}::text[],
        ${of(({ epochs, cohort }) => epochs.length + cohort.length > 0)}::bool[]) WITH ORDINALITY
        AS a(job_id, attempt, token_id, epochs_done, epoch, teacher_epoch, sha256, file_id, has_rows, place)
    ), locked AS MATERIALIZED (
      SELECT a.*, r.id AS run_id FROM asked a
      JOIN jobs j ON j.id = a.job_id AND j.attempt = a.attempt AND j.state = 'RUNNING'
      JOIN runs r ON r.id = j.run_id
      WHERE EXISTS (SELECT FROM trainers t WHERE t.id = j.trainer_id AND (t.token_id = a.token_id OR t.token_id IS NULL))
        AND (${identified} OR EXISTS (SELECT FROM tokens k WHERE k.id = a.token_id AND ${endOf('k')} IS NULL))
      ORDER BY j.id
      FOR NO KEY UPDATE OF j, r ${free}
    ), uploaded AS MATERIALIZED (
      SELECT f.sha256 FROM artifacts f WHERE f.sha256 IN (SELECT sha256 FROM locked) ORDER BY f.sha256 FOR NO KEY UPDATE ${free}
    ), touched AS (
      UPDATE artifacts f SET touched_at = now() FROM uploaded u WHERE f.sha256 = u.sha256
    ), held AS (
      UPDATE jobs j SET lease_expires_at = now() + make_interval(secs => ${leaseSeconds}::float8)
      FROM locked l WHERE j.id = l.job_id AND (l.sha256 IS NULL OR l.sha256 IN (SELECT sha256 FROM uploaded))
      RETURNING l.*, j.trainer_id, j.lease_expires_at, j.cancel_requested
    ), raised AS (
      UPDATE runs r SET revision = r.revision + 1, epochs_done = greatest(r.epochs_done, h.epochs_done)
      FROM held h WHERE r.id = h.run_id
      RETURNING h.place, r.id AS run_id, r.revision
    ), epochs AS (
      ${insertEpochs(commits)}
    ), cohort AS (
      ${insertCohort(commits)}
    ), measured AS (
      ${insertMeasurements(commits)}
    ), kept AS (
      INSERT INTO job_artifacts (id, job_id, attempt, kind, epoch, teacher_epoch, sha256)
      SELECT h.file_id, h.job_id, h.attempt, 'RESUME_STATE', h.epoch, h.teacher_epoch, h.sha256 FROM held h WHERE h.sha256 IS NOT NULL
      ON CONFLICT (job_id, kind, network) DO UPDATE SET
        attempt = excluded.attempt, epoch = excluded.epoch, teacher_epoch = excluded.teacher_epoch, sha256 = excluded.sha256, created_at = now()
    ), heard_of AS (
      -- Once a second is enough to know that a trainer is there, and whoever is writing its row says so, too.
      SELECT id FROM trainers WHERE id IN (SELECT trainer_id FROM held) AND ("left" OR last_seen_at < now() - interval '1 second')
      FOR NO KEY UPDATE SKIP LOCKED
    ), seen AS (
      UPDATE trainers t SET last_seen_at = now(), "left" = false FROM heard_of o WHERE t.id = o.id
    )
    SELECT h.place::int - 1 AS place, h.lease_expires_at, h.cancel_requested, pg_notify(${channel}, 'run:' || h.run_id)::text AS run,
      CASE WHEN h.has_rows THEN pg_notify(${channel}, 'metrics:' || h.run_id)::text END AS metrics
    FROM held h`;
}

/** An array of finite numbers, as Postgres reads it: pg would quote and escape each of them. */
const numbers = (values: readonly (number | null)[]) => `{${values.map((value) => value ?? 'NULL').join(',')}}`;

type Numeric<Row> = { [Key in keyof Row]: Row[Key] extends number | null | undefined ? Key : never }[keyof Row];

/** Rows of all commits in one list, each with the place (from 1) of its commit. */
function placed<Row>(commits: readonly CommitRows[], read: (commit: CommitRows) => readonly Row[]) {
  const rows = commits.flatMap(read);
  const places = numbers(commits.flatMap((commit, i) => read(commit).map(() => i + 1)));
  return { rows, places, of: (key: Numeric<Row>) => numbers(rows.map((row) => (row[key] as number | null | undefined) ?? null)) };
}

function insertEpochs(commits: readonly CommitRows[]): Prisma.Sql {
  const { rows, places, of } = placed(commits, ({ epochs }) => epochs);
  return Prisma.sql`
    INSERT INTO epoch_metrics (run_id, revision, network, epoch, train_loss, train_terms, train_accuracy,
      validation_loss, validation_accuracy, learning_rate, images_per_second, seconds)
    SELECT w.run_id, w.revision, m.network, m.epoch, m.train_loss, m.train_terms, m.train_accuracy,
      m.validation_loss, m.validation_accuracy, m.learning_rate, m.images_per_second, m.seconds
    FROM unnest(${places}::int[], ${of('network')}::int[], ${of('epoch')}::int[], ${of('trainLoss')}::float8[],
      ${rows.map(({ trainTerms }) => JSON.stringify(trainTerms))}::jsonb[], ${of('trainAccuracy')}::float8[],
      ${of('validationLoss')}::float8[], ${of('validationAccuracy')}::float8[],
      ${of('learningRate')}::float8[], ${of('imagesPerSecond')}::float8[], ${of('seconds')}::float8[])
      AS m(place, network, epoch, train_loss, train_terms, train_accuracy, validation_loss, validation_accuracy, learning_rate,
        images_per_second, seconds)
    JOIN raised w ON w.place = m.place
    ON CONFLICT (run_id, epoch, network) DO UPDATE SET
      revision = excluded.revision, train_loss = excluded.train_loss, train_terms = excluded.train_terms,
      train_accuracy = excluded.train_accuracy, validation_loss = excluded.validation_loss,
      validation_accuracy = excluded.validation_accuracy, learning_rate = excluded.learning_rate,
      images_per_second = excluded.images_per_second, seconds = excluded.seconds`;
}

function insertCohort(commits: readonly CommitRows[]): Prisma.Sql {
  const { places, of } = placed(commits, ({ cohort }) => cohort);
  return Prisma.sql`
    INSERT INTO cohort_metrics (run_id, revision, epoch, ensemble_validation_loss, ensemble_validation_accuracy)
    SELECT w.run_id, w.revision, m.epoch, m.loss, m.accuracy
    FROM unnest(${places}::int[], ${of('epoch')}::int[], ${of('ensembleValidationLoss')}::float8[],
      ${of('ensembleValidationAccuracy')}::float8[]) AS m(place, epoch, loss, accuracy)
    JOIN raised w ON w.place = m.place
    ON CONFLICT (run_id, epoch) DO UPDATE SET
      revision = excluded.revision, ensemble_validation_loss = excluded.ensemble_validation_loss,
      ensemble_validation_accuracy = excluded.ensemble_validation_accuracy`;
}

function insertMeasurements(commits: readonly CommitRows[]): Prisma.Sql {
  const { rows, places, of } = placed(commits, ({ measurements }) => measurements);
  return Prisma.sql`
    INSERT INTO measurements (run_id, job_id, epoch, network, other, measure, split, value)
    SELECT h.run_id, h.job_id, m.epoch, m.network, m.other, m.measure, m.split, m.value
    FROM unnest(${places}::int[], ${of('epoch')}::int[], ${of('network')}::int[], ${of('other')}::int[], ${rows.map(({ measure }) => measure)}::text[],
      ${rows.map(({ split }) => split)}::text[], ${of('value')}::float8[]) AS m(place, epoch, network, other, measure, split, value)
    JOIN held h ON h.place = m.place
    ON CONFLICT (run_id, epoch, network, other, measure, split) DO UPDATE SET value = excluded.value, job_id = excluded.job_id`;
}
