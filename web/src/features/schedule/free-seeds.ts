import { largestSeed } from '@studyhall/contract/spec/checks/check-seeds.ts';

/** Those of the seeds asked for that have a run already: scheduling them would repeat it. */
export function repeatedSeeds(asked: readonly number[], scheduled: readonly number[]): number[] {
  const there = new Set(scheduled);
  return asked.filter((seed) => there.has(seed)).toSorted((one, other) => one - other);
}

/** As many seeds as were asked for, none of which has a run: those that are new stay, each other one makes room for the next that is free. */
export function nextFreeSeeds(asked: readonly number[], scheduled: readonly number[]): number[] {
  const taken = new Set(scheduled);
  const free = asked.filter((seed) => !taken.has(seed));
  for (const seed of free) taken.add(seed);
  let next = Math.min(...asked);
  while (free.length < asked.length) {
    // From the lowest on, and from 0 where none is left above it.
    while (taken.has(next)) next = next === largestSeed ? 0 : next + 1;
    taken.add(next);
    free.push(next);
  }
  return free.toSorted((one, other) => one - other);
}

/** Seeds as the form reads them: `1-3, 7`. In running text a range has a longer dash. */
export function writeSeeds(seeds: readonly number[], dash = '-'): string {
  const ranges: [first: number, last: number][] = [];
  for (const seed of seeds) {
    const range = ranges.at(-1);
    if (range && range[1] + 1 === seed) range[1] = seed;
    else ranges.push([seed, seed]);
  }
  return ranges
    .map(([first, last]) => (first === last ? `${first}` : last === first + 1 ? `${first}, ${last}` : `${first}${dash}${last}`))
    .join(', ');
}
