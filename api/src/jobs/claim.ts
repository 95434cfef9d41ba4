import { requireValid } from '../access/token-end.ts';
import type { Tx } from '../db.ts';
import { notFound } from '../errors.ts';
import { announce } from '../events/topics.ts';
import type { EngineChoice, JobKind } from '../generated/prisma/client.ts';
import { type ClaimedJob, claimNext, findCheckpoint, isAnswered, openAttempt, renewClaimed, type StoredCheckpoint } from '../sql/claim.ts';
import { touchTrainer } from '../sql/trainers.ts';
import type { Subject } from './kind.ts';
import { kinds } from './kinds.ts';

export type Claim = Subject & {
  jobId: string;
  kind: JobKind;
  attempt: number;
  expiresAt: Date;
  engine: EngineChoice;
  stallSeconds: number;
  checkpoint: { epoch: number; teacherEpoch: number | null; sha256: string; fingerprint: unknown } | null;
};

export type Claimant = {
  trainerId: string;
  /** The token that it speaks for the trainer by. */
  tokenId: string;
  /** What it calls this claim. */
  claimId?: string | undefined;
  /** Kinds that it knows. */
  kinds: readonly JobKind[];
};

export type Terms = { leaseSeconds: number; stallSeconds: number };

/**
 * Hands the next job that the trainer can do to it; the same lease again if this very claim was given one before (its answer was lost).
 *
 * @throws UNAUTHENTICATED once the token opens nothing any more; NOT_FOUND if the token has registered no such trainer (the database may be a new one).
 */
export async function claimJob(tx: Tx, { trainerId, tokenId, claimId, kinds: known }: Claimant, terms: Terms): Promise<Claim | null> {
  // Locks the trainer's row: of two requests under one claim id the second comes to see what the first was given.
  if (!(await touchTrainer(tx, trainerId, tokenId))) throw notFound('trainer', trainerId);
  // Whoever revokes the token locks that row, too: no claim that was let in before takes a job after it.
  await requireValid(tx, tokenId);
  if (claimId !== undefined && (await isAnswered(tx, { trainerId, claimId }))) {
    const held = await renewClaimed(tx, { trainerId, claimId }, terms.leaseSeconds);
    return held ? describe(tx, held, await findCheckpoint(tx, held.id), terms) : null;
  }
  const job = await claimNext(tx, trainerId, known, terms.leaseSeconds);
  if (!job) return null;
  const checkpoint = await findCheckpoint(tx, job.id);
  await openAttempt(tx, job, trainerId, claimId, checkpoint?.epoch ?? 0);
  await announce(tx, [['trainers', trainerId], ...(await kinds[job.kind].begin(tx, job, checkpoint))]);
  return describe(tx, job, checkpoint, terms);
}

async function describe(tx: Tx, job: ClaimedJob, checkpoint: StoredCheckpoint | undefined, { stallSeconds }: Terms): Promise<Claim> {
  return {
    jobId: job.id,
    kind: job.kind,
    attempt: job.attempt,
    expiresAt: job.lease_expires_at,
    engine: job.engine,
    stallSeconds: job.stall_seconds ?? stallSeconds,
    checkpoint: checkpoint
      ? { epoch: checkpoint.epoch, teacherEpoch: checkpoint.teacher_epoch, sha256: checkpoint.sha256, fingerprint: checkpoint.fingerprint }
      : null,
    ...(await kinds[job.kind].describe(tx, job)),
  };
}
