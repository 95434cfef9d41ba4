import type { Tx } from '../db.ts';
import { badInput, leaseLost } from '../errors.ts';
import { announce } from '../events/topics.ts';
import { holdLease } from '../sql/lease.ts';
import { touchTrainer } from '../sql/trainers.ts';

export type LeaseKey = { jobId: string; attempt: number };
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
  const held = await holdLease(tx, lease.jobId, lease.attempt, leaseSeconds, progress);
  if (!held) throw leaseLost(lease.jobId, lease.attempt);
  if (held.trainer_id) await touchTrainer(tx, held.trainer_id);
  if (progress) await announce(tx, [['progress', held.run_id]]);
  return { expiresAt: held.lease_expires_at, cancelRequested: held.cancel_requested };
}

function checkProgress(progress: Progress): void {
  for (const name of ['epoch', 'epochs', 'step', 'steps', 'loss', 'imagesPerSecond'] as const) {
    const value = progress[name];
    if (value === null || value === undefined) continue;
    if (!Number.isFinite(value)) throw badInput(`progress.${name} is ${value}; it has to be a finite number.`);
    if (name !== 'loss' && value < 0) throw badInput(`progress.${name} is ${value}; it cannot be negative.`);
  }
  if (!['teacher', 'cohort'].includes(progress.phase)) throw badInput(`progress.phase is "${progress.phase}"; allowed: teacher, cohort.`);
}
