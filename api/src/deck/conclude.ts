import type { ResolvedGroup } from '@studyhall/contract/deck/resolve.ts';
import type { Contrast, Metric, Preset, Side } from '@studyhall/contract/deck/system.ts';
import type { BoardPoint, BoardRow } from '../sql/leaderboard.ts';
import { type Estimate, estimate } from './statistics.ts';

export const verdicts = ['AGREES', 'DISAGREES', 'UNDECIDED', 'PENDING', 'NO_CLAIM'] as const;
export type Verdict = (typeof verdicts)[number];

export type Conclusion = {
  contrast: Contrast;
  sentence: string;
  verdict: Verdict;
  /** Of `of` minus `against`, over the seeds both have; fractions or nats. */
  difference: Estimate | null;
  runIds: string[];
};

type Measure = {
  /** The metric in one seed's figures. */
  read: (point: BoardPoint) => number | null;
  write: (value: number) => string;
  /** What one did in comparison to the other, `amount` with its interval. */
  phrase: (more: boolean, amount: string) => string;
};

const accuracy = (what: string, read: Measure['read']): Measure => ({
  read,
  write: (value) => (100 * value).toFixed(1),
  phrase: (more, amount) => `${more ? 'gained' : 'lost'} ${amount} points of ${what} ${more ? 'over' : 'against'}`,
});

const entropy = (split: string, read: Measure['read']): Measure => ({
  read,
  write: (value) => value.toFixed(3),
  phrase: (more, amount) => `had outputs with ${amount} nats ${more ? 'more' : 'less'} mean entropy on the ${split} split than`,
});

const measures: { readonly [M in Metric]: Measure } = {
  VALIDATION_ACCURACY: accuracy('validation accuracy', ({ validationAccuracy }) => validationAccuracy),
  TEST_ACCURACY: accuracy('test accuracy', ({ testAccuracy }) => testAccuracy),
  VALIDATION_ENTROPY: entropy('validation', ({ validationEntropy }) => validationEntropy),
  TEST_ENTROPY: entropy('test', ({ testEntropy }) => testEntropy),
  WITHHELD_ACCURACY: accuracy('test accuracy on the withheld class', ({ withheldAccuracy }) => withheldAccuracy),
  CORRECTED_WITHHELD_ACCURACY: accuracy(
    'test accuracy on the withheld class, after the bias correction,',
    ({ correctedWithheldAccuracy }) => correctedWithheldAccuracy,
  ),
};

/**
 * What our runs say of a contrast: the difference of the two sides, paired by seed, with its 95 % Student interval.
 *
 * @param groups of the preset; empty while its dataset has not been announced.
 * @param rowsOf the leaderboard's rows of a group.
 */
export function conclude(
  contrast: Contrast,
  preset: Preset,
  groups: readonly ResolvedGroup[],
  rowsOf: (groupKey: string) => readonly BoardRow[],
): Conclusion {
  const measure = measures[contrast.metric];
  const of = figures(contrast.of, groups, rowsOf, measure);
  const against = figures(contrast.against, groups, rowsOf, measure);
  const pairs = of.flatMap((one) => {
    const other = against.find(({ seed }) => seed === one.seed);
    return other ? [{ difference: one.value - other.value, runIds: [one.runId, other.runId] }] : [];
  });
  const difference = estimate(pairs.map((pair) => pair.difference));
  const verdict = judge(difference, contrast.expected);
  const planned = preset.groups.find(({ key }) => key === contrast.of.group)?.seeds.length ?? 0;
  return {
    contrast,
    sentence: say(contrast, difference, verdict, planned),
    verdict,
    difference,
    runIds: [...new Set(pairs.flatMap(({ runIds }) => runIds))],
  };
}

type Figure = { seed: number; runId: string; value: number };

function figures(
  { group, network }: Side,
  groups: readonly ResolvedGroup[],
  rowsOf: (key: string) => readonly BoardRow[],
  { read }: Measure,
): Figure[] {
  const resolved = groups.find(({ key }) => key === group);
  const row = rowsOf(resolved?.groupKey ?? '').find(({ index }) => index === network);
  return (row?.points ?? []).flatMap((point) => {
    const value = read(point);
    return value === null ? [] : [{ seed: point.seed, runId: point.runId, value }];
  });
}

/** Against what the slide expects; undecided while the interval includes 0. */
export function judge(difference: Estimate | null, expected: Contrast['expected']): Verdict {
  if (!difference || difference.interval === null) return 'PENDING';
  if (expected === null) return 'NO_CLAIM';
  if (Math.abs(difference.mean) <= difference.interval) return 'UNDECIDED';
  return difference.mean > 0 === (expected === 'MORE') ? 'AGREES' : 'DISAGREES';
}

const closing: { readonly [V in Exclude<Verdict, 'PENDING'>]: string } = {
  AGREES: 'agrees with the slide.',
  DISAGREES: 'disagrees with the slide.',
  UNDECIDED: 'undecided, the interval includes 0.',
  NO_CLAIM: 'the slide makes no claim here.',
};

/** One plain sentence with its uncertainty. */
export function say({ of, against, metric }: Contrast, difference: Estimate | null, verdict: Verdict, planned: number): string {
  const names = `${of.name} against ${against.name}`;
  if (!difference || difference.interval === null || verdict === 'PENDING')
    return `${names}: not known yet, ${difference?.n ?? 0} of ${planned} seeds done on both sides, and it takes two at least.`;
  const { write, phrase } = measures[metric];
  const did = phrase(difference.mean >= 0, `${write(Math.abs(difference.mean))} ± ${write(difference.interval)}`);
  const zero = verdict === 'NO_CLAIM' && Math.abs(difference.mean) <= difference.interval ? 'the interval includes 0; ' : '';
  return `${of.name} ${did} ${against.name} (${difference.n} seeds, paired, 95 %): ${zero}${closing[verdict]}`;
}
