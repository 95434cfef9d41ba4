/** Seeds in writing, neighbours as a range: 4, 5, 6, 9 → `4–6, 9`. */
export function seedRanges(seeds: readonly number[]): string {
  const sorted = seeds.toSorted((a, b) => a - b);
  const ranges: [first: number, last: number][] = [];
  for (const seed of sorted) {
    const range = ranges.at(-1);
    if (range && seed === range[1] + 1) range[1] = seed;
    else ranges.push([seed, seed]);
  }
  return ranges
    .map(([first, last]) => (first === last ? `${first}` : last === first + 1 ? `${first}, ${last}` : `${first}–${last}`))
    .join(', ');
}

/** `seed 4`, `seeds 4–6` */
export const seedWords = (seeds: readonly number[]): string => `${seeds.length === 1 ? 'seed' : 'seeds'} ${seedRanges(seeds)}`;
