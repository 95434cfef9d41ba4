import { Prisma, type Tx } from '../db.ts';

/** How urgent a job `j` is, joined with the priority `i` that it inherits. */
export const urgency = Prisma.sql`greatest(j.priority, i.priority)`;

export type ClaimedJob = {
  id: string;
  run_id: string;
  attempt: number;
  lease_expires_at: Date;
};

/**
 * Takes the next job that the trainer can do: by its priority or that of who waits for it, then age, its dataset held, its engine offered. Jobs that another claim is
 * taking at this moment are passed over, so claims never wait for each other.
 */
export async function claimNext(tx: Tx, trainerId: string, leaseSeconds: number): Promise<ClaimedJob | undefined> {
  const rows = await tx.$queryRaw<ClaimedJob[]>(Prisma.sql`
    WITH next AS (
      SELECT j.id
      FROM jobs j
      JOIN trainers t ON t.id = ${trainerId} AND NOT t.stopping
      LEFT JOIN inherited_priorities i ON i.run_id = j.run_id
      WHERE j.state = 'QUEUED'
        AND EXISTS (SELECT FROM trainer_datasets d WHERE d.trainer_id = t.id AND d.dataset_id = j.dataset_id)
        AND (j.engine = 'AUTO' OR lower(replace(j.engine::text, '_', '-')) = ANY (t.engines))
      ORDER BY ${urgency} DESC, j.created_at, j.id
      LIMIT 1
      FOR UPDATE OF j SKIP LOCKED
    )
    UPDATE jobs j
    SET state = 'RUNNING', attempt = attempt + 1, trainer_id = ${trainerId}, progress = NULL, reason = NULL,
        lease_expires_at = now() + make_interval(secs => ${leaseSeconds}), started_at = coalesce(started_at, now())
    FROM next
    WHERE j.id = next.id
    RETURNING j.id, j.run_id, j.attempt, j.lease_expires_at`);
  return rows[0];
}

/** Opens the attempt that a claim began. */
export async function openAttempt(tx: Tx, job: ClaimedJob, trainerId: string, resumedFromEpoch: number): Promise<void> {
  await tx.$executeRaw(Prisma.sql`
    INSERT INTO attempts (job_id, attempt, trainer_id, trainer_name, resumed_from_epoch)
    SELECT ${job.id}, ${job.attempt}, id, name, ${resumedFromEpoch} FROM trainers WHERE id = ${trainerId}`);
}

export type StoredCheckpoint = {
  epoch: number;
  teacher_epoch: number | null;
  sha256: string;
  fingerprint: unknown;
};

/** The checkpoint a run resumes from, with the fingerprint of who wrote it. */
export async function findCheckpoint(tx: Tx, runId: string): Promise<StoredCheckpoint | undefined> {
  const rows = await tx.$queryRaw<StoredCheckpoint[]>(Prisma.sql`
    SELECT a.epoch, a.teacher_epoch, a.sha256, t.fingerprint
    FROM run_artifacts a
    JOIN jobs j ON j.run_id = a.run_id
    LEFT JOIN attempts t ON t.job_id = j.id AND t.attempt = a.attempt
    WHERE a.run_id = ${runId} AND a.kind = 'RESUME_STATE'`);
  return rows[0];
}
