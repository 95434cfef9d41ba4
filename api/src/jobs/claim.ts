import type { Tx } from '../db.ts';
import { notFound } from '../errors.ts';
import { announce, type Change } from '../events/topics.ts';
import { claimNext, findCheckpoint, openAttempt } from '../sql/claim.ts';
import { removeRowsAfter } from '../sql/metrics.ts';
import { raiseRevision } from '../sql/runs.ts';
import { touchTrainer } from '../sql/trainers.ts';

/** More than any run has. */
const maxEpochs = 1_000_000;

export type Teacher = { runId: string; network: number; model: string; view: string; sha256: string };

export type Claim = {
  jobId: string;
  attempt: number;
  expiresAt: Date;
  runId: string;
  spec: unknown;
  seed: number;
  execution: unknown;
  datasetHash: string;
  checkpoint: { epoch: number; teacherEpoch: number | null; sha256: string; fingerprint: unknown } | null;
  teachers: Teacher[];
};

/**
 * Hands the next job that the trainer can do to it. Rows past the checkpoint it resumes from are removed, so that none can stand twice.
 *
 * @throws NOT_FOUND if the token has registered no such trainer (the database may be a new one).
 */
export async function claimJob(tx: Tx, trainerId: string, tokenId: string, leaseSeconds: number): Promise<Claim | null> {
  if (!(await touchTrainer(tx, trainerId, tokenId))) throw notFound('trainer', trainerId);
  const job = await claimNext(tx, trainerId, leaseSeconds);
  if (!job) return null;
  const checkpoint = await findCheckpoint(tx, job.run_id);
  await openAttempt(tx, job, trainerId, checkpoint?.epoch ?? 0);
  // A state that says nothing of a teacher trained within the run was written after that.
  const removed = await removeRowsAfter(tx, job.run_id, checkpoint?.epoch ?? 0, checkpoint ? (checkpoint.teacher_epoch ?? maxEpochs) : 0);
  await raiseRevision(tx, job.run_id);
  const include = { dataset: true, teachers: { orderBy: { position: 'asc' as const } } };
  const run = await tx.run.findUniqueOrThrow({ where: { id: job.run_id }, include });
  const changes: Change[] = [
    ['run', run.id],
    ['leaderboard', run.datasetId],
    ['trainers', trainerId],
  ];
  if (removed) changes.push(['metrics', run.id]);
  await announce(tx, changes);
  return {
    jobId: job.id,
    attempt: job.attempt,
    expiresAt: job.lease_expires_at,
    runId: run.id,
    spec: run.spec,
    seed: run.seed,
    execution: run.execution,
    datasetHash: run.dataset.hash,
    checkpoint: checkpoint
      ? { epoch: checkpoint.epoch, teacherEpoch: checkpoint.teacher_epoch, sha256: checkpoint.sha256, fingerprint: checkpoint.fingerprint }
      : null,
    teachers: await findWeights(tx, run.teachers),
  };
}

/** The teachers' weights, in the spec's order. */
async function findWeights(tx: Tx, teachers: readonly { teacherRunId: string | null; network: number }[]): Promise<Teacher[]> {
  const found: Teacher[] = [];
  for (const { teacherRunId, network: index } of teachers) {
    const runId = teacherRunId ?? '';
    const network = await tx.network.findUniqueOrThrow({ where: { runId_index: { runId, index } }, include: { model: true } });
    const file = await tx.runArtifact.findFirstOrThrow({ where: { runId, network: index, kind: 'SELECTED_WEIGHTS' } });
    found.push({ runId, network: index, model: network.model.name, view: network.view, sha256: file.sha256 });
  }
  return found;
}
