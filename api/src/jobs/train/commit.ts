import type { Tx } from '../../db.ts';
import { badInput, leaseLost } from '../../errors.ts';
import { announce, channel } from '../../events/topics.ts';
import { checkCohortRows, checkEpochRows } from '../../metrics/check.ts';
import { type Figures, measurementsOf } from '../../metrics/reported.ts';
import { type Checkpoint, type CohortRow, type CommitRows, type EpochRow, type Written, writeCommits } from '../../sql/commit.ts';
import { holdLease, type LeaseKey } from '../../sql/lease.ts';
import { cohort } from '../../sql/measurements.ts';
import { type CommitTarget, findCommitTarget, type NetworkFacts, storeFingerprint, storeNetworks } from '../../sql/runs.ts';
import type { Lease } from '../renew.ts';
import { runOf } from './run-of.ts';

export type Commit = {
  lease: LeaseKey;
  epochs: readonly (EpochRow & Figures<'epoch'>)[];
  cohort: readonly (CohortRow & Figures<'cohortEpoch'>)[];
  checkpoint?: Checkpoint | null | undefined;
  networks?: readonly (NetworkFacts & { model: string; view: string; role: string })[] | null | undefined;
  fingerprint?: unknown;
};

/**
 * Writes rows and the checkpoint that covers them in one transaction, under a lease that is held and thereby renewed. Sent again it
 * writes the same.
 *
 * @throws LEASE_LOST; BAD_INPUT for rows that cannot be this run's. Then nothing is written.
 */
export async function commitEpochs(tx: Tx, commit: Commit, leaseSeconds: number): Promise<Lease> {
  const { jobId, attempt } = commit.lease;
  const held = await holdLease(tx, commit.lease, leaseSeconds);
  if (!held) throw leaseLost(jobId, attempt);
  const runId = runOf(held);
  const target = await findCommitTarget(tx, jobId);
  if (!target) throw new Error(`Run ${runId} of a held job is missing.`);
  const rows = checkCommit(commit, target);
  if (commit.networks) {
    checkNetworks(commit.networks, target);
    await storeNetworks(tx, runId, commit.networks);
  }
  if (commit.fingerprint) await storeFingerprint(tx, runId, jobId, attempt, commit.fingerprint);
  const [written] = await tx.$queryRaw<Written[]>(writeCommits([rows], { leaseSeconds, channel }));
  if (!written) throw notUploaded(commit.checkpoint?.sha256);
  if (commit.networks) await announce(tx, [['leaderboard', target.dataset_id]]);
  return { expiresAt: written.lease_expires_at, cancelRequested: written.cancel_requested };
}

/**
 * What a commit writes of rows, measurements and its checkpoint.
 *
 * @throws BAD_INPUT for what cannot be this run's.
 */
export function checkCommit(commit: Commit, target: CommitTarget): CommitRows {
  const { lease, epochs, checkpoint } = commit;
  checkEpochRows(epochs, target);
  checkCohortRows(commit.cohort, target);
  if (checkpoint) checkCheckpoint(checkpoint, target);
  return {
    lease,
    epochsDone: lastCohortEpoch(commit, target),
    epochs,
    cohort: commit.cohort,
    measurements: measured(commit, target),
    checkpoint: checkpoint ?? undefined,
  };
}

function measured(commit: Commit, target: CommitTarget) {
  const ofNetworks = commit.epochs.flatMap((row, i) => measurementsOf({ ...row, at: `epochs.${i}`, kind: 'epoch' }, row, target));
  const ofCohort = commit.cohort.flatMap((row, i) =>
    measurementsOf({ at: `cohort.${i}`, kind: 'cohortEpoch', epoch: row.epoch, network: cohort }, row, target),
  );
  return [...ofNetworks, ...ofCohort];
}

function lastCohortEpoch(commit: Commit, target: CommitTarget): number {
  const teachers = new Set(target.networks.filter(({ role }) => role === 'TEACHER').map(({ index }) => index));
  return commit.epochs.reduce((last, row) => (teachers.has(row.network) ? last : Math.max(last, row.epoch)), 0);
}

function checkCheckpoint({ epoch, teacherEpoch = null }: Checkpoint, target: CommitTarget): void {
  if (epoch < 0 || epoch > target.epochs) throw badInput(`checkpoint.epoch is ${epoch}; the run has epochs 0 to ${target.epochs}.`);
  const most = target.teacher_epochs ?? 0;
  if (teacherEpoch !== null && (teacherEpoch < 0 || teacherEpoch > most))
    throw badInput(`checkpoint.teacherEpoch is ${teacherEpoch}; the teacher has epochs 0 to ${most}.`);
}

const notUploaded = (sha256?: string) =>
  badInput(`checkpoint.sha256: ${sha256} has not been uploaded. PUT it to /artifacts/${sha256} first.`);

function checkNetworks(networks: NonNullable<Commit['networks']>, target: CommitTarget): void {
  for (const [i, report] of networks.entries()) {
    const network = target.networks.find(({ index }) => index === report.index);
    const indices = target.networks.map(({ index }) => index).join(', ');
    if (!network) throw badInput(`networks.${i}.index is ${report.index}; the run has networks ${indices}.`);
    if (network.model !== report.model || network.view !== report.view)
      throw badInput(
        `networks.${i} is ${report.model} on view ${report.view}; network ${report.index} of the run is ${network.model} on view ${network.view}.`,
      );
    if (network.role !== report.role)
      throw badInput(`networks.${i}.role is ${report.role}; network ${report.index} of the run is a ${network.role}.`);
    if (!(report.parameters > 0)) throw badInput(`networks.${i}.parameters is ${report.parameters}; it has to be positive.`);
  }
}
