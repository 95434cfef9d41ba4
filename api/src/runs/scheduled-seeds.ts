import type { Tx } from '../db.ts';
import { findCountingRuns } from '../sql/counting-runs.ts';
import { findGroupKey } from './prepare.ts';

/**
 * The seeds of exactly the group that a spec makes for which there is a run that counts: one that waits, runs or has succeeded, and is
 * not archived. A failed seed scheduled again is no repetition.
 *
 * @returns them in order; none where the spec makes no group.
 */
export async function findScheduledSeeds(tx: Tx, spec: unknown): Promise<number[]> {
  const key = await findGroupKey(tx, spec);
  return key === null ? [] : (await findCountingRuns(tx, [key])).map(({ seed }) => seed);
}
