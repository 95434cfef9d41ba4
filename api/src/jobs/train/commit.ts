import type { Tx } from '../../db.ts';
import { badInput, leaseLost } from '../../errors.ts';
import { announce, type Change } from '../../events/topics.ts';
import { checkCohortRows, checkEpochRows } from '../../metrics/check.ts';
import { type Figures, measurementsOf } from '../../metrics/reported.ts';
import { attachFiles, touchUploaded } from '../../sql/artifacts.ts';
import { holdLease, type LeaseKey } from '../../sql/lease.ts';
import { cohort, upsertMeasurements } from '../../sql/measurements.ts';
import { type CohortRow, type EpochRow, upsertCohort, upsertEpochs } from '../../sql/metrics.ts';
import { type CommitTarget, lockForCommit, type NetworkFacts, raiseEpochsDone, storeFingerprint, storeNetworks } from '../../sql/runs.ts';
import { touchTrainer } from '../../sql/trainers.ts';
import type { Lease } from '../renew.ts';
import { runOf } from './run-of.ts';

export type Commit = {
  lease: LeaseKey;
  epochs: readonly (EpochRow & Figures<'epoch'>)[];
  cohort: readonly (CohortRow & Figures<'cohortEpoch'>)[];
  checkpoint?: { epoch: number; teacherEpoch?: number | null | undefined; sha256: string } | null | undefined;
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
  const { jobId, attempt, tokenId } = commit.lease;
  const held = await holdLease(tx, commit.lease, leaseSeconds);
  if (!held) throw leaseLost(jobId, attempt);
  const runId = runOf(held);
  const target = await lockForCommit(tx, runId);
  checkEpochRows(commit.epochs, target);
  checkCohortRows(commit.cohort, target);
  if (commit.networks) {
    checkNetworks(commit.networks, target);
    await storeNetworks(tx, runId, commit.networks);
  }
  if (commit.fingerprint) await storeFingerprint(tx, runId, jobId, attempt, commit.fingerprint);
  await upsertEpochs(tx, runId, target.revision, commit.epochs);
  await upsertCohort(tx, runId, target.revision, commit.cohort);
  await upsertMeasurements(tx, runId, jobId, measured(commit, target));
  await raiseEpochsDone(tx, runId, lastCohortEpoch(commit, target));
  if (commit.checkpoint) await storeCheckpoint(tx, commit.lease, commit.checkpoint, target);
  if (held.trainer_id) await touchTrainer(tx, held.trainer_id, tokenId);
  const changes: Change[] = [['run', runId]];
  if (commit.epochs.length + commit.cohort.length > 0) changes.push(['metrics', runId]);
  if (commit.networks) changes.push(['leaderboard', target.dataset_id]);
  await announce(tx, changes);
  return { expiresAt: held.lease_expires_at, cancelRequested: held.cancel_requested };
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

async function storeCheckpoint(
  tx: Tx,
  { jobId, attempt }: LeaseKey,
  checkpoint: NonNullable<Commit['checkpoint']>,
  target: CommitTarget,
): Promise<void> {
  const { epoch, teacherEpoch = null, sha256 } = checkpoint;
  if (epoch < 0 || epoch > target.epochs) throw badInput(`checkpoint.epoch is ${epoch}; the run has epochs 0 to ${target.epochs}.`);
  const most = target.teacher_epochs ?? 0;
  if (teacherEpoch !== null && (teacherEpoch < 0 || teacherEpoch > most))
    throw badInput(`checkpoint.teacherEpoch is ${teacherEpoch}; the teacher has epochs 0 to ${most}.`);
  if (!(await touchUploaded(tx, [sha256])).has(sha256))
    throw badInput(`checkpoint.sha256: ${sha256} has not been uploaded. PUT it to /artifacts/${sha256} first.`);
  await attachFiles(tx, jobId, attempt, [{ kind: 'RESUME_STATE', epoch, teacherEpoch, sha256 }]);
}

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
