import type { Tx } from '../db.ts';
import { leaseLost } from '../errors.ts';
import { announce } from '../events/topics.ts';
import { holdLease, type LeaseKey } from '../sql/lease.ts';
import { touchTrainer } from '../sql/trainers.ts';
import { kinds } from './kinds.ts';
import type { Progress } from './reports.ts';

export type Lease = { expiresAt: Date; cancelRequested: boolean };

/**
 * Extends the lease, also one that has expired, as long as nobody reaped it; publishes the progress.
 *
 * @throws LEASE_LOST; BAD_INPUT for progress that a job of its kind cannot make. Then nothing is written.
 */
export async function renewLease(tx: Tx, lease: LeaseKey, progress: Progress | undefined, leaseSeconds: number): Promise<Lease> {
  const held = await holdLease(tx, lease, leaseSeconds, progress);
  if (!held) throw leaseLost(lease.jobId, lease.attempt);
  if (held.trainer_id) await touchTrainer(tx, held.trainer_id, lease.tokenId);
  if (progress) await announce(tx, await kinds[held.kind].progress(tx, held, progress));
  return { expiresAt: held.lease_expires_at, cancelRequested: held.cancel_requested };
}
