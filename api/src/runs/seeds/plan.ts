import { written } from '@studyhall/contract/settings/written.ts';
import type { Tx } from '../../db.ts';
import { badInput } from '../../errors.ts';
import { findSeedRuns, type SeedRun } from '../../sql/seeds.ts';
import { maxIds } from '../control.ts';
import { chooseSeeds, type LeftOutSeed, type SideSeeds } from './choose.ts';
import type { Side } from './side.ts';
import { teachingKeys, withTeachers } from './teaching.ts';

/** Most seeds that are added at once. */
export const maxMoreSeeds = 50;

/** Runs to be scheduled of one group. */
export type PlannedRuns = { side: Side; seeds: number[] };

export type SeedsPlan = {
  /** That all sides have afterwards. */
  seeds: number[];
  /** Groups that teach stand before those they teach. */
  runs: PlannedRuns[];
  leftOut: LeftOutSeed[];
  /** Each side's seeds once all runs have ended, by group. */
  after: Map<string, Set<number>>;
};

/**
 * Which runs give all sides the same further seeds: what one has already is not repeated, and where its teacher is the run of a group with
 * the same seed, that is scheduled as well if it is not there.
 *
 * @throws BAD_INPUT for no seeds or too many, and where a teacher is gone.
 */
export async function planSeeds(tx: Tx, sides: readonly Side[], count: number): Promise<SeedsPlan> {
  if (!Number.isInteger(count) || count < 1 || count > maxMoreSeeds)
    throw badInput(`count is ${written(count)}; 1 to ${maxMoreSeeds} seeds are added at once.`);
  const all = await withTeachers(tx, sides);
  const standing = standingOf(all, await findSeedRuns(tx, [...all.map(({ groupKey }) => groupKey)]));
  const own = sides.flatMap(({ groupKey }) => standing.get(groupKey) ?? []);
  const { seeds, leftOut } = chooseSeeds(own, count);
  const needed = seedsNeeded(all, sides, standing, seeds);
  const runs = all.flatMap((side) => {
    const missing = seeds.filter((seed) => needed.get(side.groupKey)?.has(seed));
    return missing.length > 0 ? [{ side, seeds: missing }] : [];
  });
  const total = runs.reduce((sum, planned) => sum + planned.seeds.length, 0);
  if (total > maxIds)
    throw badInput(`That would schedule ${written(total)} runs; at most ${written(maxIds)} at once: add fewer seeds, or to fewer groups.`);
  const after = new Map(sides.map(({ groupKey }) => [groupKey, new Set([...(standing.get(groupKey)?.has ?? []), ...seeds])]));
  return { seeds, runs, leftOut, after };
}

/** What each group has, its own and, of a twin, what pairs up elsewhere; and what keeps it from more. */
function standingOf(all: readonly Side[], found: readonly SeedRun[]): Map<string, SideSeeds> {
  const standing = new Map<string, SideSeeds>();
  for (const side of all) {
    const runs = new Map(found.filter(({ group_key }) => group_key === side.groupKey).map((run) => [run.seed, run]));
    const useful = [...runs.values()].filter((run) => !lost(run) && (!run.archived || side.role === 'TEACHER'));
    const has = new Set([...side.elsewhere, ...useful.map(({ seed }) => seed)]);
    const obstacle = (seed: number): string | undefined => {
      if (has.has(seed)) return undefined;
      const run = runs.get(seed);
      if (run) return `Run ${run.run_id} of "${side.label}" ${lost(run) ?? 'is archived: take it out of the archive'}, or delete it.`;
      for (const key of teachingKeys(side)) {
        const reason = standing.get(key)?.obstacle(seed);
        if (reason !== undefined) return reason;
      }
      return undefined;
    };
    standing.set(side.groupKey, { has, obstacle });
  }
  return standing;
}

function lost({ state }: SeedRun): string | null {
  if (state === 'FAILED') return 'failed: retry it';
  return state === 'CANCELLED' ? 'was cancelled: retry it' : null;
}

/** The seeds at which each group needs a run: for itself, or because one that it teaches needs one. */
function seedsNeeded(
  all: readonly Side[],
  sides: readonly Side[],
  standing: ReadonlyMap<string, SideSeeds>,
  seeds: readonly number[],
): Map<string, Set<number>> {
  const wanted = new Map(sides.map(({ groupKey }) => [groupKey, new Set(seeds)]));
  const needed = new Map<string, Set<number>>();
  // Students first: what they need, their teachers have to have.
  for (const side of all.toReversed()) {
    const has = standing.get(side.groupKey)?.has;
    const missing = new Set([...(wanted.get(side.groupKey) ?? [])].filter((seed) => !has?.has(seed)));
    needed.set(side.groupKey, missing);
    for (const key of teachingKeys(side)) wanted.set(key, new Set([...(wanted.get(key) ?? []), ...missing]));
  }
  return needed;
}
