import type { Tx } from '../../db.ts';
import { findRoom, findRunSeconds } from '../../sql/seeds.ts';
import type { PlannedRuns } from './plan.ts';

/** How long planned runs will take. */
export type TimeEstimate = {
  /** Until the last has ended, on the trainers that are there and once they are free; null where nothing like them was measured. */
  seconds: number | null;
  /** Runs that these trainers do at once: 0, nobody can take them now. */
  slots: number;
  /** Runs that are queued before them. */
  ahead: number;
};

/**
 * From what runs of the same groups took: the work shared by the slots of the trainers that may take it, but no less than the longest run. A
 * group that nothing was measured of, such as a twin that has no runs yet, is taken to need as long as the slowest of the others.
 */
export async function estimateTime(tx: Tx, runs: readonly PlannedRuns[], compared: readonly string[]): Promise<TimeEstimate> {
  const [first] = runs;
  if (!first) return { seconds: 0, slots: 0, ahead: 0 };
  const rooms = new Map<string, Awaited<ReturnType<typeof findRoom>>>();
  for (const { datasetId, execution } of runs.map(({ side }) => side)) {
    const asked = `${datasetId} ${execution.engine}`;
    if (!rooms.has(asked)) rooms.set(asked, await findRoom(tx, datasetId, execution.engine));
  }
  const slots = Math.min(...[...rooms.values()].map((room) => room.slots));
  const ahead = Math.max(...[...rooms.values()].map((room) => room.ahead));
  const measured = await findRunSeconds(tx, [...new Set([...runs.map(({ side }) => side.groupKey), ...compared])]);
  if (measured.length === 0) return { seconds: null, slots, ahead };
  const known = new Map(measured.map(({ group_key, seconds }) => [group_key, seconds]));
  const slowest = Math.max(...known.values());
  const each = runs.map(({ side, seeds }) => ({ seconds: known.get(side.groupKey) ?? slowest, count: seeds.length }));
  const work = each.reduce((sum, { seconds, count }) => sum + seconds * count, 0);
  return { seconds: Math.max(work / Math.max(1, slots), ...each.map(({ seconds }) => seconds)), slots, ahead };
}
