import type { Problem } from '../../settings/problem.ts';
import { written } from '../../settings/written.ts';

/** Most seeds that are scheduled at once, and the largest. */
export const maxSeeds = 50;
export const largestSeed = 2_147_483_647;

/** Seeds: 1 to 50, distinct, not negative. */
export function checkSeeds(seeds: readonly number[]): Problem[] {
  if (seeds.length < 1 || seeds.length > maxSeeds)
    return [{ path: 'seeds', message: `has ${written(seeds.length)} seeds; 1 to ${maxSeeds} are allowed.` }];
  const seen = new Set<number>();
  const problems: Problem[] = [];
  for (const [i, seed] of seeds.entries()) {
    if (!Number.isInteger(seed) || seed < 0 || seed > largestSeed)
      problems.push({ path: `seeds.${i}`, message: `is ${seed}; it has to be a whole number from 0 to ${written(largestSeed)}.` });
    if (seen.has(seed)) problems.push({ path: `seeds.${i}`, message: `is ${seed}, which is listed twice; seeds are distinct.` });
    seen.add(seed);
  }
  return problems;
}
