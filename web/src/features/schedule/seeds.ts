/** Most seeds that one scheduling takes; the contract's limit. */
export const maxSeeds = 50;

/**
 * Seeds from a list such as `1, 2, 3` or `1-3, 7`: distinct, in the order given.
 * The problem says which part is wrong and what would be right.
 */
export function parseSeeds(text: string): { seeds: number[]; problem: string | null } {
  const seeds = new Set<number>();
  const parts = text.split(/[\s,;]+/).filter(Boolean);
  if (parts.length === 0) return { seeds: [], problem: 'At least one seed is needed, such as 1, 2, 3 or 1-3.' };
  for (const part of parts) {
    const range = /^(\d+)(?:[-–](\d+))?$/.exec(part);
    const first = Number(range?.[1]);
    const last = Number(range?.[2] ?? range?.[1]);
    if (!range || last > 2147483647)
      return { seeds: [...seeds], problem: `“${part}” is no seed: whole numbers from 0 to 2147483647, or a range such as 1-3.` };
    if (last < first) return { seeds: [...seeds], problem: `${part} runs backwards.` };
    if (last - first >= maxSeeds)
      return { seeds: [...seeds], problem: `${part} names ${last - first + 1} seeds; at most ${maxSeeds} at once.` };
    for (let seed = first; seed <= last; seed++) seeds.add(seed);
  }
  if (seeds.size > maxSeeds) return { seeds: [...seeds], problem: `${seeds.size} seeds; at most ${maxSeeds} at once.` };
  return { seeds: [...seeds], problem: null };
}
