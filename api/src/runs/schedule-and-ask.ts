import { wantHeldAgainst } from '../analyses/held-against.ts';
import type { Tx } from '../db.ts';
import { badInput } from '../errors.ts';
import { type Schedule, scheduleRuns } from './schedule.ts';

/**
 * Schedules runs with their questions, also those that hold them against runs of another group.
 *
 * @throws as `scheduleRuns` does; BAD_INPUT if there is nothing to hold a seed against. Then nothing is stored.
 */
export async function scheduleAndAsk(tx: Tx, schedule: Schedule, createdBy: string): Promise<string[]> {
  const ids = await scheduleRuns(tx, schedule, createdBy);
  const without = await wantHeldAgainst(tx, ids, createdBy);
  if (without.length === 0) return ids;
  const seeds = `${without.length === 1 ? 'seed' : 'seeds'} ${without.join(', ')}`;
  throw badInput(
    schedule.reference?.groupKey
      ? `reference: that group has no run that counts of ${seeds}: schedule it first.`
      : `reference is required: there is no independent twin of ${seeds} to hold the networks against. Schedule that first, or name another group.`,
  );
}
