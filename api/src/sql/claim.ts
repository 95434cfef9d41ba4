import { Prisma, type Tx } from '../db.ts';
import type { EngineChoice, JobKind } from '../generated/prisma/client.ts';
import { offers } from './engine-name.ts';

/** How urgent a job `j` is, joined with the priority `i` that it inherits. */
export const urgency = Prisma.sql`greatest(j.priority, i.priority)`;

export type ClaimedJob = {
  id: string;
  kind: JobKind;
  run_id: string | null;
  analysis_id: string | null;
  dataset_id: string;
  payload: unknown;
  engine: EngineChoice;
  attempt: number;
  stall_seconds: number | null;
  lease_expires_at: Date;
};

const claimed = Prisma.raw(
  'j.id, j.kind::text AS kind, j.run_id, j.analysis_id, j.dataset_id, j.payload, j.engine::text AS engine, j.attempt, j.stall_seconds, j.lease_expires_at',
);

/**
 * Takes the next job that the trainer can do: by its priority or that of who waits for it, then age, its dataset held, its engine offered. Jobs that another claim is
 * taking at this moment are passed over, so claims never wait for each other.
 */
export async function claimNext(
  tx: Tx,
  trainerId: string,
  kinds: readonly JobKind[],
  leaseSeconds: number,
): Promise<ClaimedJob | undefined> {
  const rows = await tx.$queryRaw<ClaimedJob[]>(Prisma.sql`
    WITH next AS (
      SELECT j.id
      FROM jobs j
      JOIN trainers t ON t.id = ${trainerId} AND NOT t.stopping AND NOT t.draining
      LEFT JOIN inherited_priorities i ON i.run_id = j.run_id
      WHERE j.state = 'QUEUED' AND j.kind::text = ANY (${[...kinds]})
        AND EXISTS (SELECT FROM trainer_datasets d WHERE d.trainer_id = t.id AND d.dataset_id = j.dataset_id)
        AND ${offers('j.engine', 't.engines')}
      ORDER BY ${urgency} DESC, j.created_at, j.id
      LIMIT 1
      FOR UPDATE OF j SKIP LOCKED
    )
    UPDATE jobs j
    SET state = 'RUNNING', attempt = attempt + 1, trainer_id = ${trainerId}, progress = NULL, reason = NULL,
        lease_expires_at = now() + make_interval(secs => ${leaseSeconds}), started_at = coalesce(started_at, now())
    FROM next
    WHERE j.id = next.id
    RETURNING ${claimed}`);
  return rows[0];
}

/** Which claim of which trainer: a claim's answer may be lost, and is then asked for again by its name. */
export type ClaimKey = { trainerId: string; claimId: string };

/** Whether that claim has begun an attempt before, whatever became of it. */
export async function isAnswered(tx: Tx, { trainerId, claimId }: ClaimKey): Promise<boolean> {
  return (await tx.attempt.count({ where: { trainerId, claimId } })) > 0;
}

/** Renews the lease that the claim was given before. @returns undefined once that attempt has ended. */
export async function renewClaimed(tx: Tx, { trainerId, claimId }: ClaimKey, leaseSeconds: number): Promise<ClaimedJob | undefined> {
  const rows = await tx.$queryRaw<ClaimedJob[]>(Prisma.sql`
    UPDATE jobs j
    SET lease_expires_at = now() + make_interval(secs => ${leaseSeconds})
    FROM attempts a
    WHERE a.trainer_id = ${trainerId} AND a.claim_id = ${claimId}
      AND j.id = a.job_id AND j.attempt = a.attempt AND j.trainer_id = a.trainer_id AND j.state = 'RUNNING'
    RETURNING ${claimed}`);
  return rows[0];
}

/** Opens the attempt that a claim began. */
export async function openAttempt(
  tx: Tx,
  job: ClaimedJob,
  trainerId: string,
  claimId: string | undefined,
  resumedFromEpoch: number,
): Promise<void> {
  await tx.$executeRaw(Prisma.sql`
    INSERT INTO attempts (job_id, attempt, trainer_id, trainer_name, claim_id, resumed_from_epoch)
    SELECT ${job.id}, ${job.attempt}, id, name, ${claimId ?? null}, ${resumedFromEpoch} FROM trainers WHERE id = ${trainerId}`);
}

export type StoredCheckpoint = {
  epoch: number;
  teacher_epoch: number | null;
  sha256: string;
  fingerprint: unknown;
};

/** The checkpoint a job resumes from, with the fingerprint of who wrote it. */
export async function findCheckpoint(tx: Tx, jobId: string): Promise<StoredCheckpoint | undefined> {
  const rows = await tx.$queryRaw<StoredCheckpoint[]>(Prisma.sql`
    SELECT a.epoch, a.teacher_epoch, a.sha256, t.fingerprint
    FROM job_artifacts a
    LEFT JOIN attempts t ON t.job_id = a.job_id AND t.attempt = a.attempt
    WHERE a.job_id = ${jobId} AND a.kind = 'RESUME_STATE'`);
  return rows[0];
}
