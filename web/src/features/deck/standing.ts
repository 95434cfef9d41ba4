import { overall } from '@studyhall/contract/statistics/verdict.ts';
import type { DeckMetric, DeckPresetStateFragment, DeckVerdict } from '@/generated/graphql.ts';
import { splitOf } from './metric.ts';

/** How far a preset's runs are, and what they say once all have succeeded. */
export type Standing =
  | { kind: 'none' }
  | { kind: 'under way'; succeeded: number; of: number }
  | { kind: 'ended'; verdict: DeckVerdict; words: string };

type Figures = Pick<DeckPresetStateFragment, 'runCount'> & {
  counts: Pick<DeckPresetStateFragment['counts'], 'blocked' | 'queued' | 'running' | 'succeeded'>;
  conclusions: readonly { verdict: DeckVerdict; metric: DeckMetric }[];
};

export function standingOf({ runCount, counts, conclusions }: Figures): Standing {
  if (runCount === missingRuns({ runCount, counts })) return { kind: 'none' };
  if (counts.succeeded < runCount) return { kind: 'under way', succeeded: counts.succeeded, of: runCount };
  return { kind: 'ended', verdict: overall(conclusions.map(({ verdict }) => verdict)), words: onSplits(conclusions) };
}

/** Runs that scheduling would add: those that neither wait, run nor have succeeded. */
export function missingRuns({ runCount, counts }: Pick<Figures, 'runCount' | 'counts'>): number {
  return Math.max(0, runCount - counts.blocked - counts.queued - counts.running - counts.succeeded);
}

/** `both agree on test`; where comparisons are on several splits, each by itself. */
export function onSplits(conclusions: Figures['conclusions']): string {
  const claimed = conclusions.filter(({ verdict }) => verdict !== 'NO_CLAIM');
  const said = claimed.length > 0 ? claimed : conclusions;
  const splits = [...new Set(said.map(({ metric }) => splitOf(metric)))];
  if (splits.length === 0) return inWords([]);
  return splits
    .map((split) => `${inWords(said.filter(({ metric }) => splitOf(metric) === split).map(({ verdict }) => verdict))} on ${split}`)
    .join('; ');
}

const words: [DeckVerdict, one: string, many: string][] = [
  ['AGREES', 'agrees', 'agree'],
  ['DISAGREES', 'disagrees', 'disagree'],
  ['UNDECIDED', 'undecided', 'undecided'],
  ['PENDING', 'not yet run', 'not yet run'],
];

/** `agrees` for one comparison, `2 agree, 1 undecided` for several; comparisons that no claim is made of are left out. */
export function inWords(verdicts: readonly DeckVerdict[]): string {
  const claimed = verdicts.filter((verdict) => verdict !== 'NO_CLAIM');
  if (claimed.length === 0) return 'measured';
  const tally = words.flatMap(([verdict, one, many]) => {
    const count = claimed.filter((each) => each === verdict).length;
    return count === 0 ? [] : [{ count, text: count === 1 ? one : many }];
  });
  const [only] = tally;
  if (tally.length === 1 && only) return `${only.count === 1 ? '' : only.count === 2 ? 'both ' : `all ${only.count} `}${only.text}`;
  return tally.map(({ count, text }) => `${count} ${text}`).join(', ');
}
