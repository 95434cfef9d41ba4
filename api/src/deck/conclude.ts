import { deckFigures } from '@studyhall/contract/measures/deck-figures.ts';
import type { Figure } from '@studyhall/contract/measures/measure.ts';
import { type Estimate, estimate } from '@studyhall/contract/statistics/estimate.ts';
import { pairBySeed, type SeedFigure } from '@studyhall/contract/statistics/pair-by-seed.ts';
import { isResolved, judge, type Verdict } from '@studyhall/contract/statistics/verdict.ts';
import type { Contrast, Metric, Preset } from './system.ts';

export type Conclusion = {
  contrast: Contrast;
  sentence: string;
  verdict: Verdict;
  /** Of `of` minus `against`, over the seeds both have; fractions or nats. */
  difference: Estimate | null;
  runIds: string[];
};

/** What a metric of the deck measures. */
export const figureOf: { readonly [M in Metric]: Figure } = deckFigures;

type Wording = {
  write: (value: number) => string;
  /** What one did in comparison to the other, `amount` with its interval. */
  phrase: (more: boolean, amount: string) => string;
};

const accuracy = (what: string): Wording => ({
  write: (value) => (100 * value).toFixed(1),
  phrase: (more, amount) => `${more ? 'gained' : 'lost'} ${amount} points of ${what} ${more ? 'over' : 'against'}`,
});

const entropy = (split: string): Wording => ({
  write: (value) => value.toFixed(3),
  phrase: (more, amount) => `had outputs with ${amount} nats ${more ? 'more' : 'less'} mean entropy on the ${split} split than`,
});

const wordings: { readonly [M in Metric]: Wording } = {
  VALIDATION_ACCURACY: accuracy('validation accuracy'),
  TEST_ACCURACY: accuracy('test accuracy'),
  VALIDATION_ENTROPY: entropy('validation'),
  TEST_ENTROPY: entropy('test'),
  WITHHELD_ACCURACY: accuracy('test accuracy on the withheld class'),
  CORRECTED_WITHHELD_ACCURACY: accuracy('test accuracy on the withheld class, after the bias correction,'),
};

/** What one seed's run of a side came to. */
export type SideFigure = SeedFigure & { runId: string };

/** What our runs say of a contrast: the difference of the two sides, paired by seed, with its 95 % Student interval. */
export function conclude(contrast: Contrast, preset: Preset, of: readonly SideFigure[], against: readonly SideFigure[]): Conclusion {
  const pairs = pairBySeed(of, against);
  const difference = estimate(pairs.map((pair) => pair.difference));
  const verdict = judge(difference, contrast.expected);
  const planned = preset.groups.find(({ key }) => key === contrast.of.group)?.seeds.length ?? 0;
  return {
    contrast,
    sentence: say(contrast, difference, verdict, planned),
    verdict,
    difference,
    runIds: [...new Set(pairs.flatMap((pair) => [pair.of.runId, pair.against.runId]))],
  };
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
  const { write, phrase } = wordings[metric];
  const did = phrase(difference.mean >= 0, `${write(Math.abs(difference.mean))} ± ${write(difference.interval)}`);
  const zero = verdict === 'NO_CLAIM' && !isResolved(difference) ? 'the interval includes 0; ' : '';
  return `${of.name} ${did} ${against.name} (${difference.n} seeds, paired, 95 %): ${zero}${closing[verdict]}`;
}
