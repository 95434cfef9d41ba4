import type { Tx } from '../db.ts';
import { leaseLost } from '../errors.ts';
import { storable } from '../limits/storable.ts';
import { dropResumeState } from '../sql/artifacts.ts';
import { attemptOf, type EndedJob, type EndOptions, endAttempts, findOutcome, holdLease, type LeaseKey } from '../sql/lease.ts';
import { settle } from './ended.ts';

export type Failure = {
  lease: LeaseKey;
  error: string;
  cancelled: boolean;
  permanent: boolean;
  discardCheckpoint: boolean;
};

/** Longest error text kept. */
const maxError = 10_000;

/**
 * Ends an attempt that failed: back into the queue, or FAILED once `maxFailures` are reached or trying again cannot help; CANCELLED if
 * a person asked for that.
 *
 * @throws LEASE_LOST
 */
export async function failJob(tx: Tx, failure: Failure): Promise<true> {
  const { lease, cancelled, permanent, discardCheckpoint } = failure;
  const error = kept(failure.error);
  const options: EndOptions = cancelled ? { ending: 'HANDED_BACK', error } : { ending: 'FAILED', error, failure: true, permanent };
  return endHeld(tx, lease, options, discardCheckpoint);
}

/**
 * Takes a job back in good order: no failure, the next trainer goes on from the checkpoint.
 *
 * @throws LEASE_LOST
 */
export async function handBackJob(tx: Tx, lease: LeaseKey, reason: string): Promise<true> {
  return endHeld(tx, lease, { ending: 'HANDED_BACK', error: kept(reason) || null }, false);
}

/** Said again by the attempt that did it (its answer was lost), an ending is true again. */
async function endHeld(tx: Tx, lease: LeaseKey, options: EndOptions, discardCheckpoint: boolean): Promise<true> {
  const held = await holdLease(tx, lease, 1);
  const ended: EndedJob[] = held ? await endAttempts(tx, attemptOf(lease), options) : [];
  if (!held || ended.length === 0) {
    const outcome = await findOutcome(tx, lease);
    if (outcome === options.ending || outcome === 'CANCELLED') return true;
    throw leaseLost(lease.jobId, lease.attempt);
  }
  if (discardCheckpoint) await dropResumeState(tx, lease.jobId);
  await settle(tx, ended);
  return true;
}

/** The part of a text that is stored. What a dying process last wrote may hold bytes that Postgres does not take. */
function kept(text: string): string {
  return storable(text).slice(0, maxError);
}
