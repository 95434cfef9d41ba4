import type { Tx } from '../../db.ts';
import type { Change } from '../../events/topics.ts';
import { findKeptNetworks, readProbeEntropies } from '../../sql/analyses.ts';
import type { ClaimedJob } from '../../sql/claim.ts';
import { analysisOf, changesOf } from './analysis-of.ts';

/** A network to be analysed. */
export type AnalysedNetwork = {
  runId: string;
  network: number;
  label: string;
  seed: number;
  model: string;
  view: string;
  /** The spec's `data`: which images it was trained on. */
  data: unknown;
  sha256: string;
  reference: boolean;
  /** After each epoch; null where it is not asked for or an epoch lacks it. */
  probeEntropies: number[] | null;
};

/** What a trainer is handed to analyse networks. */
export type AnalyseClaim = {
  analysisId: string;
  question: unknown;
  dataset: string;
  datasetHash: string;
  networks: AnalysedNetwork[];
};

export async function beginAnalysis(tx: Tx, job: ClaimedJob): Promise<Change[]> {
  return changesOf(tx, analysisOf(job));
}

export async function describeAnalysis(tx: Tx, job: ClaimedJob): Promise<{ analyse: AnalyseClaim }> {
  const include = { dataset: true, networks: { orderBy: { position: 'asc' as const } } };
  const analysis = await tx.analysis.findUniqueOrThrow({ where: { id: analysisOf(job) }, include });
  const { id, question, dataset, networks } = analysis;
  const kept = await findKeptNetworks(
    tx,
    networks.flatMap(({ runId }) => runId ?? []),
  );
  const asked = analysis.kind === 'EQUIVALENT_TEMPERATURE' ? kept.map((one) => one.runId) : [];
  const entropies = await readProbeEntropies(tx, [...new Set(asked)]);
  const described = networks.map(({ runId, network, label, sha256, reference }): AnalysedNetwork => {
    const found = kept.find((one) => one.runId === runId && one.network === network);
    if (!found) throw new Error(`Network ${network} of run ${runId}, which analysis ${id} is about, is missing.`);
    const { seed, model, view, data } = found;
    const own = entropies.filter((one) => one.runId === found.runId && one.network === network);
    // Of a run that goes on from before it was measured only later epochs have one: no curve.
    const whole = own.length > 0 && own.every(({ epoch }, k) => epoch === k + 1);
    const probeEntropies = whole ? own.map(({ value }) => value) : null;
    return { runId: found.runId, network, label, seed, model, view, data, sha256, reference, probeEntropies };
  });
  return { analyse: { analysisId: id, question, dataset: dataset.name, datasetHash: dataset.hash, networks: described } };
}
