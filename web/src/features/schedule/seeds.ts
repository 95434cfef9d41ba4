import { largestSeed, maxSeeds } from '@studyhall/contract/spec/checks/check-seeds.ts';
import { wholeNumber } from '@/lib/format/number.ts';
import { readNumber } from '@/lib/numbers/read-number.ts';
import { english, type Separators } from '@/lib/numbers/separators.ts';
import { splitList } from '@/lib/numbers/split-list.ts';

/**
 * Seeds from a list such as `1, 2, 3` or `1-3, 7`: distinct, in the order given.
 * The problem says which part is wrong and what would be right; there are no seeds then.
 */
export function parseSeeds(text: string, separators: Separators = english): { seeds: number[]; problem: string | null } {
  const refuse = (problem: string) => ({ seeds: [], problem });
  // Between two numbers every dash means a range, whether or not there are spaces around it.
  const { items, problem } = splitList(text.replace(/(?<=\p{Nd})\s+([-–—−])\s+(?=\p{Nd})/gu, '$1'), (value) => value <= largestSeed);
  if (problem !== null) return refuse(problem);
  if (items.length === 0) return refuse('At least one seed is needed, such as 1, 2, 3 or 1-3.');
  const seeds = new Set<number>();
  for (const item of items) {
    const [first, last = first, ...more] = item.split(/(?<=\d)-/).map((end) => readNumber(end, { whole: true, separators }).value);
    if (first == null || last == null || more.length > 0 || first < 0 || last < 0 || Math.max(first, last) > largestSeed)
      return refuse(`“${item}” is not a seed: whole numbers from 0 to ${largestSeed}, or a range such as 1-3.`);
    if (last < first) return refuse(`${item} runs backwards.`);
    if (last - first >= maxSeeds) return refuse(`${item} names ${wholeNumber(last - first + 1)} seeds; at most ${maxSeeds} at once.`);
    for (let seed = first; seed <= last; seed++) seeds.add(seed);
  }
  if (seeds.size > maxSeeds) return refuse(`${wholeNumber(seeds.size)} seeds; at most ${maxSeeds} at once.`);
  return { seeds: [...seeds], problem: null };
}
