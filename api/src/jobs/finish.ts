import type { Tx } from '../db.ts';
import { badInput, leaseLost } from '../errors.ts';
import { attachFiles, dropResumeState, type JobFile, touchUploaded } from '../sql/artifacts.ts';
import { attemptOf, endAttempts, findOutcome, holdLease, type LeaseKey } from '../sql/lease.ts';
import { type CommitTarget, findGaps, lockForCommit } from '../sql/runs.ts';
import { settle } from './ended.ts';

export type NetworkResult = {
  index: number;
  selectedEpoch: number;
  trainAccuracy?: number | null | undefined;
  trainLoss?: number | null | undefined;
  validationAccuracy?: number | null | undefined;
  validationLoss?: number | null | undefined;
  testAccuracy?: number | null | undefined;
  testLoss?: number | null | undefined;
  validationEntropy?: number | null | undefined;
  testEntropy?: number | null | undefined;
  withheldAccuracy?: number | null | undefined;
  biasCorrection?: number | null | undefined;
  correctedAccuracy?: number | null | undefined;
  correctedWithheldAccuracy?: number | null | undefined;
};

export type CohortResult = {
  ensembleValidationAccuracy?: number | null | undefined;
  ensembleValidationLoss?: number | null | undefined;
  ensembleValidationEntropy?: number | null | undefined;
  ensembleTestAccuracy?: number | null | undefined;
  ensembleTestLoss?: number | null | undefined;
  disagreement?: number | null | undefined;
};

export type Finish = {
  lease: LeaseKey;
  networks: readonly NetworkResult[];
  cohort?: CohortResult | null | undefined;
  artifacts: readonly JobFile[];
};

/**
 * Stores a run's results and ends it: SUCCEEDED. Who waited for it as a teacher may run. Said again by the attempt that did it, it is true
 * again.
 *
 * @throws LEASE_LOST; BAD_INPUT if epochs, results or weights are missing or impossible. Then nothing is written.
 */
export async function finishJob(tx: Tx, finish: Finish, leaseSeconds: number): Promise<true> {
  const { jobId, attempt } = finish.lease;
  const held = await holdLease(tx, finish.lease, leaseSeconds);
  if (!held) {
    if ((await findOutcome(tx, finish.lease)) === 'SUCCEEDED') return true;
    throw leaseLost(jobId, attempt);
  }
  const runId = held.run_id;
  const target = await lockForCommit(tx, runId);
  checkResults(finish, target);
  await checkComplete(tx, runId);
  for (const { index, ...figures } of finish.networks) await tx.network.update({ where: { runId_index: { runId, index } }, data: figures });
  if (finish.cohort) await tx.run.update({ where: { id: runId }, data: finish.cohort });
  await storeFiles(tx, finish.lease, finish.artifacts, target);
  await dropResumeState(tx, jobId);
  await settle(tx, await endAttempts(tx, attemptOf(finish.lease), { ending: 'SUCCEEDED' }));
  return true;
}

function checkResults(finish: Finish, target: CommitTarget): void {
  const reported = new Set<number>();
  for (const [i, result] of finish.networks.entries()) {
    const at = `networks.${i}`;
    const network = target.networks.find(({ index }) => index === result.index);
    if (!network) throw badInput(`${at}.index is ${result.index}, which the run does not have.`);
    if (reported.has(result.index)) throw badInput(`${at}: network ${result.index} stands twice.`);
    reported.add(result.index);
    const epochs = network.role === 'TEACHER' ? (target.teacher_epochs ?? 0) : target.epochs;
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
  const epochs = found?.role === 'TEACHER' ? (target.teacher_epochs ?? 0) : target.epochs;
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
    if (seen.has(place)) throw badInput(`artifacts.${i}: ${place} stands twice.`);
    seen.add(place);
    if (!uploaded.has(file.sha256)) throw badInput(`artifacts.${i}.sha256: ${file.sha256} has not been uploaded.`);
  }
  const weights = files.filter(({ kind }) => kind === 'SELECTED_WEIGHTS').map(({ network }) => network);
  const missing = target.networks.filter(({ index }) => !weights.includes(index)).map(({ index }) => index);
  if (missing.length > 0) throw badInput(`artifacts: SELECTED_WEIGHTS of network ${missing.join(', ')} are missing.`);
  await attachFiles(tx, jobId, attempt, files);
}
