import type { Tx } from '../db.ts';
import { badInput, leaseLost } from '../errors.ts';
import { announce } from '../events/topics.ts';
import { holdLease, type LeaseKey } from '../sql/lease.ts';
import { touchTrainer } from '../sql/trainers.ts';

export type Lease = { expiresAt: Date; cancelRequested: boolean };

export type Progress = {
  phase: string;
  epoch: number;
  epochs: number;
  step: number;
  steps: number;
  loss?: number | null | undefined;
  imagesPerSecond?: number | null | undefined;
};

/**
 * Extends the lease, also one that has expired, as long as nobody reaped it; publishes the progress.
 *
 * @throws LEASE_LOST
 */
export async function renewLease(tx: Tx, lease: LeaseKey, progress: Progress | undefined, leaseSeconds: number): Promise<Lease> {
  if (progress) checkProgress(progress);
  const held = await holdLease(tx, lease, leaseSeconds, progress);
  if (!held) throw leaseLost(lease.jobId, lease.attempt);
  if (held.trainer_id) await touchTrainer(tx, held.trainer_id, lease.tokenId);
  if (progress) await announce(tx, [['progress', held.run_id]]);
  return { expiresAt: held.lease_expires_at, cancelRequested: held.cancel_requested };
}

function checkProgress({ phase }: Progress): void {
  if (!['teacher', 'cohort'].includes(phase)) throw badInput(`progress.phase is "${phase.slice(0, 80)}"; allowed: teacher, cohort.`);
}
