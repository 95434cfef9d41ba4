import type { Tx } from '../db.ts';
import { notFound } from '../errors.ts';
import { announce, type Change } from '../events/topics.ts';
import type { EngineChoice } from '../generated/prisma/client.ts';
import { type ClaimedJob, claimNext, findCheckpoint, isAnswered, openAttempt, renewClaimed, type StoredCheckpoint } from '../sql/claim.ts';
import { removeRowsAfter } from '../sql/metrics.ts';
import { raiseRevision } from '../sql/runs.ts';
import { touchTrainer } from '../sql/trainers.ts';

/** What a TRAIN job has to know beyond its run. */
export type TrainPayload = { checkpointEvery: number };

/** More than any run has. */
const maxEpochs = 1_000_000;

export type Teacher = { runId: string; network: number; model: string; view: string; sha256: string };

/** What a trainer is handed to train a run. */
export type TrainClaim = { runId: string; spec: unknown; seed: number; datasetHash: string; checkpointEvery: number; teachers: Teacher[] };

export type Claim = {
  jobId: string;
  kind: 'TRAIN';
  attempt: number;
  expiresAt: Date;
  engine: EngineChoice;
  stallSeconds: number;
  checkpoint: { epoch: number; teacherEpoch: number | null; sha256: string; fingerprint: unknown } | null;
  train: TrainClaim;
};

export type Claimant = {
  trainerId: string;
  /** The token that it speaks for the trainer by. */
  tokenId: string;
  /** What it calls this claim. */
  claimId?: string | undefined;
};

export type Terms = { leaseSeconds: number; stallSeconds: number };

/**
 * Hands the next job that the trainer can do to it; the same lease again if this very claim was given one before (its answer was lost).
 *
 * @throws NOT_FOUND if the token has registered no such trainer (the database may be a new one).
 */
export async function claimJob(tx: Tx, { trainerId, tokenId, claimId }: Claimant, terms: Terms): Promise<Claim | null> {
  // Locks the trainer's row: of two requests under one claim id the second comes to see what the first was given.
  if (!(await touchTrainer(tx, trainerId, tokenId))) throw notFound('trainer', trainerId);
  if (claimId !== undefined && (await isAnswered(tx, { trainerId, claimId }))) {
    const held = await renewClaimed(tx, { trainerId, claimId }, terms.leaseSeconds);
    return held ? describe(tx, held, await findCheckpoint(tx, held.id), terms) : null;
  }
  const job = await claimNext(tx, trainerId, terms.leaseSeconds);
  if (!job) return null;
  const checkpoint = await findCheckpoint(tx, job.id);
  await openAttempt(tx, job, trainerId, claimId, checkpoint?.epoch ?? 0);
  await begin(tx, job, trainerId, checkpoint);
  return describe(tx, job, checkpoint, terms);
}

/** Removes the rows past the checkpoint that the attempt resumes from, so that none can stand twice, and tells who watches. */
async function begin(tx: Tx, job: ClaimedJob, trainerId: string, checkpoint: StoredCheckpoint | undefined): Promise<void> {
  // A state that says nothing of a teacher trained within the run was written after that.
  const removed = await removeRowsAfter(tx, job.run_id, checkpoint?.epoch ?? 0, checkpoint ? (checkpoint.teacher_epoch ?? maxEpochs) : 0);
  await raiseRevision(tx, job.run_id);
  const { datasetId } = await tx.run.findUniqueOrThrow({ where: { id: job.run_id }, select: { datasetId: true } });
  const changes: Change[] = [
    ['run', job.run_id],
    ['leaderboard', datasetId],
    ['trainers', trainerId],
  ];
  if (removed) changes.push(['metrics', job.run_id]);
  await announce(tx, changes);
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
    train: await describeRun(tx, job),
  };
}

async function describeRun(tx: Tx, job: ClaimedJob): Promise<TrainClaim> {
  const include = { dataset: true, teachers: { orderBy: { position: 'asc' as const } } };
  const run = await tx.run.findUniqueOrThrow({ where: { id: job.run_id }, include });
  const { checkpointEvery } = job.payload as TrainPayload;
  const teachers = await findWeights(tx, run.teachers);
  return { runId: run.id, spec: run.spec, seed: run.seed, datasetHash: run.dataset.hash, checkpointEvery, teachers };
}

/** The teachers' weights, in the spec's order. */
async function findWeights(tx: Tx, teachers: readonly { teacherRunId: string | null; network: number }[]): Promise<Teacher[]> {
  const found: Teacher[] = [];
  for (const { teacherRunId, network: index } of teachers) {
    const runId = teacherRunId ?? '';
    const network = await tx.network.findUniqueOrThrow({ where: { runId_index: { runId, index } }, include: { model: true } });
    const file = await tx.jobArtifact.findFirstOrThrow({ where: { job: { runId }, network: index, kind: 'SELECTED_WEIGHTS' } });
    found.push({ runId, network: index, model: network.model.name, view: network.view, sha256: file.sha256 });
  }
  return found;
}
