import type { Estimate } from './estimate.ts';

export const verdicts = ['AGREES', 'DISAGREES', 'UNDECIDED', 'PENDING', 'NO_CLAIM'] as const;
export type Verdict = (typeof verdicts)[number];

type Difference = Pick<Estimate, 'mean' | 'interval'>;

/** Whether a difference is told from noise: its 95 % interval leaves out 0. False for one seed, which has no interval. */
export function isResolved({ mean, interval }: Difference): boolean {
  return interval !== null && Math.abs(mean) > interval;
}

/** A difference against what is claimed of it: undecided while the interval includes 0, pending before two seeds have both sides. */
export function judge(difference: Difference | null, claimed: 'MORE' | 'LESS' | null): Verdict {
  if (!difference || difference.interval === null) return 'PENDING';
  if (claimed === null) return 'NO_CLAIM';
  if (!isResolved(difference)) return 'UNDECIDED';
  return difference.mean > 0 === (claimed === 'MORE') ? 'AGREES' : 'DISAGREES';
}

/** One verdict for several: what contradicts the claims weighs most, agreement needs all of them. */
export function overall(judged: readonly Verdict[]): Verdict {
  const claimed = judged.filter((verdict) => verdict !== 'NO_CLAIM');
  if (claimed.length === 0) return 'NO_CLAIM';
  if (claimed.includes('PENDING')) return 'PENDING';
  if (claimed.includes('DISAGREES')) return 'DISAGREES';
  return claimed.every((verdict) => verdict === 'AGREES') ? 'AGREES' : 'UNDECIDED';
}
