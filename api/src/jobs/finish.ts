import type { Tx } from '../db.ts';
import { leaseLost } from '../errors.ts';
import { dropResumeState } from '../sql/artifacts.ts';
import { attemptOf, endAttempts, findOutcome, holdLease } from '../sql/lease.ts';
import { settle } from './ended.ts';
import { kinds } from './kinds.ts';
import type { Finish } from './reports.ts';

/**
 * Stores a job's results and ends it: SUCCEEDED. Said again by the attempt that did it, it is true again.
 *
 * @throws LEASE_LOST; BAD_INPUT as its kind has it. Then nothing is written.
 */
export async function finishJob(tx: Tx, finish: Finish, leaseSeconds: number): Promise<true> {
  const { jobId, attempt } = finish.lease;
  const held = await holdLease(tx, finish.lease, leaseSeconds);
  if (!held) {
    if ((await findOutcome(tx, finish.lease)) === 'SUCCEEDED') return true;
    throw leaseLost(jobId, attempt);
  }
  await kinds[held.kind].finish(tx, held, finish);
  await dropResumeState(tx, jobId);
  await settle(tx, await endAttempts(tx, attemptOf(finish.lease), { ending: 'SUCCEEDED' }));
  return true;
}
