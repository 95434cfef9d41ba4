import type { AnalysisKind } from '@studyhall/contract/analysis/kinds.ts';
import { canonical } from '@studyhall/contract/spec/canonical.ts';
import type { Tx } from '../db.ts';
import { badInput, notFound } from '../errors.ts';
import { findKeptNetworks, type KeptNetwork } from '../sql/analyses.ts';

export type NamedNetwork = { runId: string; network: number };

/** What a question about a run is about: its networks, but for teachers that were trained within it. */
export async function studentsOf(tx: Tx, runId: string): Promise<NamedNetwork[]> {
  const students = await tx.network.findMany({ where: { runId, role: { not: 'TEACHER' } }, orderBy: { index: 'asc' } });
  return students.map(({ index }) => ({ runId, network: index }));
}

/** A network that can be asked about. */
export type AskedOf = Omit<KeptNetwork, 'sha256'> & { sha256: string };

/** Kinds that hold networks against each other on the same samples. */
const together: readonly AnalysisKind[] = ['PAIRS', 'EMBEDDING'];

/**
 * The networks that a question names, in its order.
 *
 * @throws NOT_FOUND for a run that there is not; BAD_INPUT for a network that there is not, that stands twice, whose run has not succeeded or
 * whose weights are gone, and for networks that cannot be asked about together.
 */
export async function findAsked(tx: Tx, kind: AnalysisKind, named: readonly NamedNetwork[]): Promise<AskedOf[]> {
  const kept = await findKeptNetworks(tx, [...new Set(named.map(({ runId }) => runId))]);
  const found = named.map(({ runId, network }, i): AskedOf => {
    const at = `networks.${i}`;
    const ofRun = kept.filter((one) => one.runId === runId);
    if (ofRun.length === 0) throw notFound('run', runId);
    const one = ofRun.find((candidate) => candidate.network === network);
    if (!one) throw badInput(`${at}.network is ${network}; run ${runId} has networks ${indices(ofRun)}.`);
    if (one.state !== 'SUCCEEDED')
      throw badInput(`${at}: run ${runId} is ${one.state.toLowerCase()}; only one that has succeeded can be analysed.`);
    const { sha256 } = one;
    if (sha256 === null) throw badInput(`${at}: the weights of network ${network} of run ${runId} are not kept; train it again.`);
    return { ...one, label: `${one.label}, seed ${one.seed}, network ${network}`, sha256 };
  });
  const twice = named.findIndex(({ runId, network }, i) => named.slice(0, i).some((one) => one.runId === runId && one.network === network));
  if (twice >= 0 && kind !== 'EQUIVALENT_TEMPERATURE') throw badInput(`networks.${twice} stands twice; each is to be named once.`);
  checkTogether(kind, found);
  return found;
}

function checkTogether(kind: AnalysisKind, [first, ...others]: readonly AskedOf[]): void {
  for (const [i, other] of others.entries()) {
    const both = `run ${first?.runId} and run ${other.runId}`;
    if (other.datasetHash !== first?.datasetHash)
      throw badInput(`networks.${i + 1}: ${both} are of different datasets; those of one question are of the same one.`);
    if (!together.includes(kind)) continue;
    if (other.view !== first.view)
      throw badInput(
        `networks.${i + 1} sees the view ${other.view}, the first one ${first.view}: their features are not of the same samples.`,
      );
    if (validationOf(other) !== validationOf(first))
      throw badInput(
        `networks.${i + 1}: ${both} hold back other validation images (data.validationFraction and data.splitSeed): there are no samples that neither has learned from.`,
      );
  }
}

function validationOf({ data }: AskedOf): string {
  const { validationFraction, splitSeed } = data as { validationFraction: number; splitSeed: number };
  return canonical([validationFraction, splitSeed]);
}

const indices = (networks: readonly KeptNetwork[]) =>
  networks
    .map(({ network }) => network)
    .sort((a, b) => a - b)
    .join(', ');
