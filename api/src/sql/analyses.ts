import { Prisma, type Tx } from '../db.ts';
import { type ControlledJob, cancelChosen, requeueChosen } from './control.ts';

/** A network whose weights are kept, as a question names it. */
export type KeptNetwork = {
  runId: string;
  network: number;
  /** Of its run. */
  state: string;
  label: string;
  seed: number;
  datasetId: string;
  datasetHash: string;
  model: string;
  view: string;
  /** The spec's `data`. */
  data: unknown;
  /** Of its selected weights; null where none are kept. */
  sha256: string | null;
};

/** The networks of these runs. */
export async function findKeptNetworks(tx: Tx, runIds: readonly string[]): Promise<KeptNetwork[]> {
  return tx.$queryRaw<KeptNetwork[]>(Prisma.sql`
    SELECT r.id AS "runId", n.index AS network, j.state::text AS state, r.label, r.seed, r.dataset_id AS "datasetId", d.hash AS "datasetHash",
      m.name AS model, n.view, r.spec->'data' AS data, a.sha256
    FROM runs r
    JOIN datasets d ON d.id = r.dataset_id
    JOIN jobs j ON j.run_id = r.id
    JOIN networks n ON n.run_id = r.id
    JOIN models m ON m.id = n.model_id
    LEFT JOIN job_artifacts a ON a.job_id = j.id AND a.kind = 'SELECTED_WEIGHTS' AND a.network = n.index
    WHERE r.id = ANY (${[...runIds]})`);
}

/** Analyses that are about weights of these runs: also those that were asked of a run with the very same weights. Newest first. */
export async function findAnalysesOfRuns(tx: Pick<Tx, '$queryRaw'>, runIds: readonly string[]): Promise<{ runId: string; id: string }[]> {
  return tx.$queryRaw(Prisma.sql`
    SELECT DISTINCT j.run_id AS "runId", x.id, x.created_at
    FROM jobs j
    JOIN job_artifacts a ON a.job_id = j.id AND a.kind = 'SELECTED_WEIGHTS'
    JOIN analysed_networks n ON n.sha256 = a.sha256
    JOIN analyses x ON x.id = n.analysis_id
    WHERE j.run_id = ANY (${[...runIds]})
    ORDER BY x.created_at DESC, x.id DESC`);
}

/** Mean entropies on the probe after each epoch, by network and epoch. */
export async function readProbeEntropies(
  tx: Tx,
  runIds: readonly string[],
): Promise<{ runId: string; network: number; epoch: number; value: number }[]> {
  if (runIds.length === 0) return [];
  return tx.$queryRaw(Prisma.sql`
    SELECT run_id AS "runId", network, epoch, value FROM measurements
    WHERE run_id = ANY (${[...runIds]}) AND measure = 'probeEntropy' AND split = 'TRAIN' AND epoch > 0
    ORDER BY run_id, network, epoch`);
}

/** Until the transaction ends nobody else looks whether all that a question waits for is trained: two that end at once do not both wait for the other. */
export async function lockWaitingQuestions(tx: Tx): Promise<void> {
  await tx.$executeRaw(Prisma.sql`SELECT pg_advisory_xact_lock(hashtext('studyhall.questions'))`);
}

type AnalysisJob = Omit<ControlledJob, 'run_id'>;

/** Cancels analyses: those that wait at once, those that run are asked to stop. @returns the jobs that changed. */
export const cancelAnalysisJobs = (tx: Tx, ids: readonly string[]) => cancelChosen<AnalysisJob>(tx, jobsOf(ids));

/** Queues failed and cancelled analyses again. @returns the jobs that changed. */
export const requeueAnalysisJobs = (tx: Tx, ids: readonly string[]) => requeueChosen<AnalysisJob>(tx, jobsOf(ids));

/** Fails what waits of these analyses. What runs is another matter: its attempt has to be ended. */
export async function failQueuedAnalyses(tx: Tx, ids: readonly string[], reason: string): Promise<void> {
  await tx.$executeRaw(Prisma.sql`
    UPDATE jobs SET state = 'FAILED', finished_at = now(), reason = ${reason} WHERE analysis_id = ANY (${[...ids]}) AND state = 'QUEUED'`);
}

/** Which jobs are those of these analyses. */
export const jobsOf = (ids: readonly string[]) => Prisma.sql`analysis_id = ANY (${[...ids]})`;

/** Deletes analyses whose every run is gone. */
export async function forgetOrphans(tx: Tx, ids: readonly string[]): Promise<void> {
  await tx.$executeRaw(Prisma.sql`
    DELETE FROM analyses a WHERE a.id = ANY (${[...ids]})
      AND NOT EXISTS (SELECT FROM analysed_networks n WHERE n.analysis_id = a.id AND n.run_id IS NOT NULL)`);
}
