import { Prisma, type Tx } from '../db.ts';
import type { JobKind } from '../generated/prisma/client.ts';
import { ownedBy } from './trainers.ts';

/** Which attempt of which job, and the token of who says so: a lease is its trainer's. */
export type LeaseKey = { jobId: string; attempt: number; tokenId: string };

/** The job, as long as that attempt holds it and its trainer belongs to the token. */
const heldBy = ({ jobId, attempt, tokenId }: LeaseKey) => Prisma.sql`
  id = ${jobId} AND attempt = ${attempt} AND state = 'RUNNING'
    AND EXISTS (SELECT FROM trainers t WHERE t.id = trainer_id AND ${ownedBy(tokenId)})`;

export type HeldLease = {
  job_id: string;
  kind: JobKind;
  run_id: string | null;
  analysis_id: string | null;
  trainer_id: string | null;
  lease_expires_at: Date;
  cancel_requested: boolean;
};

/**
 * Renews the lease if this attempt still holds it, expired or not, as long as nobody reaped it. The row stays locked until the
 * transaction ends, so whatever it writes next is written by the holder.
 *
 * @returns undefined if the attempt has lost the job: nothing was written.
 */
export async function holdLease(tx: Tx, lease: LeaseKey, leaseSeconds: number, progress?: object): Promise<HeldLease | undefined> {
  const setProgress = progress
    ? Prisma.sql`, progress = ${JSON.stringify(progress)}::jsonb || jsonb_build_object('at', now())`
    : Prisma.empty;
  const rows = await tx.$queryRaw<HeldLease[]>(Prisma.sql`
    UPDATE jobs
    SET lease_expires_at = now() + make_interval(secs => ${leaseSeconds})${setProgress}
    WHERE ${heldBy(lease)}
    RETURNING id AS job_id, kind::text AS kind, run_id, analysis_id, trainer_id, lease_expires_at, cancel_requested`);
  return rows[0];
}

/** Locks the job if this attempt holds it, without renewing. @returns whether it does. */
export async function lockHeld(tx: Tx, lease: LeaseKey): Promise<boolean> {
  const rows = await tx.$queryRaw<object[]>(Prisma.sql`SELECT id FROM jobs WHERE ${heldBy(lease)} FOR UPDATE`);
  return rows.length > 0;
}

/** Keeps the jobs of these runs from changing until the transaction ends. */
export async function holdJobsStill(tx: Tx, runIds: readonly string[]): Promise<void> {
  if (runIds.length > 0) await tx.$queryRaw(Prisma.sql`SELECT id FROM jobs WHERE run_id = ANY (${[...runIds]}) ORDER BY id FOR SHARE`);
}

export type Ending = 'SUCCEEDED' | 'FAILED' | 'CANCELLED' | 'LAPSED' | 'HANDED_BACK';

export type EndedJob = {
  job_id: string;
  kind: JobKind;
  run_id: string | null;
  analysis_id: string | null;
  dataset_id: string;
  trainer_id: string | null;
  attempt: number;
  state: 'QUEUED' | 'SUCCEEDED' | 'FAILED' | 'CANCELLED';
};

export type EndOptions = {
  /** How the attempt ends if nobody asked for a cancel. */
  ending: Ending;
  error?: string | null;
  /** Counts against `maxFailures`. */
  failure?: boolean;
  /** Fails the job whatever is left of `maxFailures`. */
  permanent?: boolean;
  /** Pass over jobs that somebody is writing to at this moment (their lease is being renewed), instead of waiting. */
  skipLocked?: boolean;
};

/**
 * Ends the attempt of the jobs that `which` selects and moves each on: to its end, or back into the queue. A cancel that was asked for
 * wins over everything but success.
 */
export async function endAttempts(tx: Tx, which: Prisma.Sql, options: EndOptions): Promise<EndedJob[]> {
  const { ending, error = null, failure = false, permanent = false, skipLocked = false } = options;
  const counted = failure ? 1 : 0;
  return tx.$queryRaw<EndedJob[]>(Prisma.sql`
    WITH held AS (
      SELECT id, CASE
          WHEN ${ending} = 'SUCCEEDED' THEN 'SUCCEEDED'
          WHEN cancel_requested OR ${ending} = 'CANCELLED' THEN 'CANCELLED'
          WHEN ${permanent} OR (${failure} AND failures + 1 >= max_failures) THEN 'FAILED'
          ELSE 'QUEUED'
        END AS next,
        CASE WHEN cancel_requested AND ${ending} <> 'SUCCEEDED' THEN 'CANCELLED' ELSE ${ending} END AS outcome
      FROM jobs WHERE state = 'RUNNING' AND ${which}
      FOR UPDATE ${skipLocked ? Prisma.sql`SKIP LOCKED` : Prisma.empty}
    ), ended AS (
      UPDATE jobs j
      SET state = held.next::job_state, lease_expires_at = NULL, cancel_requested = false, progress = NULL,
          failures = failures + CASE WHEN held.next IN ('QUEUED', 'FAILED') THEN ${counted}::int ELSE 0 END,
          finished_at = CASE WHEN held.next = 'QUEUED' THEN NULL ELSE now() END,
          reason = CASE WHEN held.next = 'FAILED' THEN ${error}::text END
      FROM held WHERE j.id = held.id
      RETURNING j.id AS job_id, j.kind::text AS kind, j.run_id, j.analysis_id, j.dataset_id, j.trainer_id, j.attempt, j.state::text AS state, held.outcome
    ), closed AS (
      UPDATE attempts a
      SET ended_at = now(), outcome = ended.outcome::attempt_outcome, error = ${error}::text
      FROM ended WHERE a.job_id = ended.job_id AND a.attempt = ended.attempt
    )
    SELECT job_id, kind, run_id, analysis_id, dataset_id, trainer_id, attempt, state FROM ended`);
}

/** The jobs whose lease has expired. */
export const lapsed = Prisma.sql`lease_expires_at < now()`;

/** Exactly this attempt. */
export const attemptOf = ({ jobId, attempt }: LeaseKey) => Prisma.sql`id = ${jobId} AND attempt = ${attempt}`;

/** How an attempt of one of the token's trainers ended, if it did. */
export async function findOutcome(tx: Tx, { jobId, attempt, tokenId }: LeaseKey): Promise<Ending | undefined> {
  const rows = await tx.$queryRaw<{ outcome: Ending | null }[]>(Prisma.sql`
    SELECT outcome::text AS outcome FROM attempts
    WHERE job_id = ${jobId} AND attempt = ${attempt} AND EXISTS (SELECT FROM trainers t WHERE t.id = trainer_id AND ${ownedBy(tokenId)})`);
  return rows[0]?.outcome ?? undefined;
}
