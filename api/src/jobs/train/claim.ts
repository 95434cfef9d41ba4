import type { Tx } from '../../db.ts';
import type { Change } from '../../events/topics.ts';
import type { ClaimedJob, StoredCheckpoint } from '../../sql/claim.ts';
import { removeRowsAfter } from '../../sql/metrics.ts';
import { raiseRevision } from '../../sql/runs.ts';
import { runOf } from './run-of.ts';

/** What a TRAIN job has to know beyond its run. */
export type TrainPayload = { checkpointEvery: number };

export type Teacher = { runId: string; network: number; model: string; view: string; sha256: string };

/** What a trainer is handed to train a run. */
export type TrainClaim = {
  runId: string;
  spec: unknown;
  seed: number;
  execution: unknown;
  datasetHash: string;
  checkpointEvery: number;
  teachers: Teacher[];
};

/** More than any run has. */
const maxEpochs = 1_000_000;

/** Removes the rows past the checkpoint that the attempt resumes from, so that none can stand twice. */
export async function beginTraining(tx: Tx, job: ClaimedJob, checkpoint: StoredCheckpoint | undefined): Promise<Change[]> {
  const runId = runOf(job);
  // A state that says nothing of a teacher trained within the run was written after that.
  const removed = await removeRowsAfter(tx, runId, checkpoint?.epoch ?? 0, checkpoint ? (checkpoint.teacher_epoch ?? maxEpochs) : 0);
  await raiseRevision(tx, runId);
  return [['run', runId], ['leaderboard', job.dataset_id], ...(removed ? [['metrics', runId] as const] : [])];
}

export async function describeTraining(tx: Tx, job: ClaimedJob): Promise<{ train: TrainClaim }> {
  const include = { dataset: true, teachers: { orderBy: { position: 'asc' as const } } };
  const run = await tx.run.findUniqueOrThrow({ where: { id: runOf(job) }, include });
  const { spec, seed, execution, dataset } = run;
  const { checkpointEvery } = job.payload as TrainPayload;
  const teachers = await findWeights(tx, run.teachers);
  return { train: { runId: run.id, spec, seed, execution, datasetHash: dataset.hash, checkpointEvery, teachers } };
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
