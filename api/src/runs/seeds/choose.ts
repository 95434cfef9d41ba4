import { largestSeed } from '@studyhall/contract/spec/checks/check-seeds.ts';

/** The seeds that a side has a run for, and why it cannot have one at a seed at which it has none. */
export type SideSeeds = { has: ReadonlySet<number>; obstacle: (seed: number) => string | undefined };

/** A seed that was left out, and why. */
export type LeftOutSeed = { seed: number; reason: string };

/**
 * The next seeds that all sides are to have: first those that one has and another lacks, which cost least and make pairs at once; then the
 * smallest above their first. Where a run failed, was cancelled or is archived, the seed is left out: to run it again would repeat it, and
 * whoever wants that retries it.
 */
export function chooseSeeds(sides: readonly SideSeeds[], count: number): { seeds: number[]; leftOut: LeftOutSeed[] } {
  const known = [...new Set(sides.flatMap(({ has }) => [...has]))].sort((a, b) => a - b);
  const seeds: number[] = [];
  const leftOut: LeftOutSeed[] = [];
  const consider = (seed: number) => {
    const lacking = sides.filter(({ has }) => !has.has(seed));
    if (lacking.length === 0) return;
    const reason = lacking.map(({ obstacle }) => obstacle(seed)).find((found) => found !== undefined);
    if (reason === undefined) seeds.push(seed);
    else leftOut.push({ seed, reason });
  };
  for (const seed of known) if (seeds.length < count) consider(seed);
  const used = new Set(known);
  for (let seed = Math.max(1, (known[0] ?? 0) + 1); seeds.length < count; seed = seed >= largestSeed ? 1 : seed + 1)
    if (!used.has(seed)) consider(seed);
  return { seeds, leftOut };
}
