import type { Tx } from '../../db.ts';
import { badInput } from '../../errors.ts';
import { epochsOf } from '../../metrics/check.ts';
import { columnsOf, measurementsOf } from '../../metrics/reported.ts';
import { attachFiles, type JobFile, touchUploaded } from '../../sql/artifacts.ts';
import type { HeldLease, LeaseKey } from '../../sql/lease.ts';
import { cohort, upsertMeasurements } from '../../sql/measurements.ts';
import { type CommitTarget, findCommitTarget, findGaps, raiseRevision } from '../../sql/runs.ts';
import type { Finish } from '../reports.ts';
import { runOf } from './run-of.ts';

/** Stores the results of a run's networks, of their cohort, and their files. @throws BAD_INPUT if epochs, results or weights are missing or impossible. */
export async function storeResults(tx: Tx, job: HeldLease, finish: Finish): Promise<void> {
  const runId = runOf(job);
  await raiseRevision(tx, runId);
  const target = await findCommitTarget(tx, job.job_id);
  if (!target) throw new Error(`Run ${runId} of a held job is missing.`);
  checkResults(finish, target);
  await checkComplete(tx, runId);
  for (const result of finish.networks) {
    const { index, ...figures } = columnsOf(result, 'network');
    await tx.network.update({ where: { runId_index: { runId, index } }, data: figures });
  }
  if (finish.cohort) await tx.run.update({ where: { id: runId }, data: columnsOf(finish.cohort, 'cohort') });
  await upsertMeasurements(tx, runId, finish.lease.jobId, measured(finish, target));
  await storeFiles(tx, finish.lease, finish.artifacts, target);
}

function measured({ networks, cohort: together }: Finish, target: CommitTarget) {
  const ofNetworks = networks.flatMap((result, i) =>
    measurementsOf({ at: `networks.${i}`, kind: 'network', epoch: 0, network: result.index }, result, target),
  );
  return together
    ? [...ofNetworks, ...measurementsOf({ at: 'cohort', kind: 'cohort', epoch: 0, network: cohort }, together, target)]
    : ofNetworks;
}

function checkResults(finish: Finish, target: CommitTarget): void {
  const reported = new Set<number>();
  for (const [i, result] of finish.networks.entries()) {
    const at = `networks.${i}`;
    const network = target.networks.find(({ index }) => index === result.index);
    if (!network) throw badInput(`${at}.index is ${result.index}, which the run does not have.`);
    if (reported.has(result.index)) throw badInput(`${at}: network ${result.index} is listed twice.`);
    reported.add(result.index);
    const epochs = epochsOf(target, network);
    if (result.selectedEpoch < 1 || result.selectedEpoch > epochs)
      throw badInput(`${at}.selectedEpoch is ${result.selectedEpoch}; the run has epochs 1 to ${epochs}.`);
  }
  const missing = target.networks.filter(({ index }) => !reported.has(index)).map(({ index }) => index);
  if (missing.length > 0) throw badInput(`networks: the results of network ${missing.join(', ')} are missing.`);
}

async function checkComplete(tx: Tx, runId: string): Promise<void> {
  const [gap] = await findGaps(tx, runId);
  if (gap)
    throw badInput(
      `Network ${gap.network} lacks the rows of ${gap.missing} epoch(s), the first is ${gap.first}: commit them before finishing.`,
    );
}

/** @throws BAD_INPUT for a file of a network or an epoch that the run does not have. */
function checkPlace(at: string, { network, epoch }: JobFile, target: CommitTarget): void {
  const found = network == null ? undefined : target.networks.find(({ index }) => index === network);
  if (network != null && !found) throw badInput(`${at}.network is ${network}, which the run does not have.`);
  const epochs = epochsOf(target, found);
  if (epoch < 0 || epoch > epochs) throw badInput(`${at}.epoch is ${epoch}; the run has epochs 0 to ${epochs}.`);
}

async function storeFiles(tx: Tx, { jobId, attempt }: LeaseKey, files: readonly JobFile[], target: CommitTarget): Promise<void> {
  const uploaded = await touchUploaded(
    tx,
    files.map(({ sha256 }) => sha256),
  );
  const seen = new Set<string>();
  for (const [i, file] of files.entries()) {
    const place = `${file.kind} of network ${file.network ?? 'none'}`;
    checkPlace(`artifacts.${i}`, file, target);
    if (file.kind === 'RESUME_STATE') throw badInput(`artifacts.${i}: a resume state belongs to commitEpochs.`);
    if (seen.has(place)) throw badInput(`artifacts.${i}: ${place} is listed twice.`);
    seen.add(place);
    if (!uploaded.has(file.sha256)) throw badInput(`artifacts.${i}.sha256: ${file.sha256} has not been uploaded.`);
  }
  const weights = files.filter(({ kind }) => kind === 'SELECTED_WEIGHTS').map(({ network }) => network);
  const missing = target.networks.filter(({ index }) => !weights.includes(index)).map(({ index }) => index);
  if (missing.length > 0) throw badInput(`artifacts: SELECTED_WEIGHTS of network ${missing.join(', ')} are missing.`);
  await attachFiles(tx, jobId, attempt, files);
}
