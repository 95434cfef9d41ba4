import type { Contrast, Metric } from '../deck/system.ts';
import { type Estimate, estimate } from './estimate.ts';
import { pairBySeed, type SeedFigure, type SeedPair } from './pair-by-seed.ts';
import { isResolved, judge, type Verdict } from './verdict.ts';

/** What is compared, each side by its name in a sentence. */
export type Compared = Pick<Contrast, 'metric' | 'expected'> & {
  readonly of: { readonly name: string };
  readonly against: { readonly name: string };
};

export type Conclusion<Of extends Compared, Side extends SeedFigure> = {
  contrast: Of;
  sentence: string;
  verdict: Verdict;
  /** Of `of` minus `against`, over the seeds both have; fractions or nats. */
  difference: Estimate | null;
  pairs: SeedPair<Side, Side>[];
};

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

const plain = (what: string): Wording => ({
  // Three digits, the last zeros among them: an interval is read beside its mean.
  write: (value) => {
    const text = value.toPrecision(3);
    return text.includes('e') ? String(Number(text)) : text;
  },
  phrase: (more, amount) => `${what} ${amount} ${more ? 'larger' : 'smaller'} than`,
});

const wordings: { readonly [M in Metric]: Wording } = {
  VALIDATION_ACCURACY: accuracy('validation accuracy'),
  TEST_ACCURACY: accuracy('test accuracy'),
  VALIDATION_ENTROPY: entropy('validation'),
  TEST_ENTROPY: entropy('test'),
  PROBE_ENTROPY: plain('had on the probe of training images outputs with a mean entropy (nats)'),
  WITHHELD_ACCURACY: accuracy('test accuracy on the withheld class'),
  CORRECTED_WITHHELD_ACCURACY: accuracy('test accuracy on the withheld class, after the bias correction,'),
  TEST_GAP: {
    write: (value) => (100 * value).toFixed(1),
    phrase: (more, amount) => `had a gap between training and test accuracy that was ${amount} points ${more ? 'wider' : 'narrower'} than`,
  },
  HALFWAY_SIGMA: plain('bore noise on every weight with a σ'),
  RELATIVE_HALFWAY_SIGMA: plain('bore noise on every weight, relative to its filter, with a σ'),
  ADAPTIVE_SHARPNESS: plain('had, under noise of a tenth of each weight, a rise of the training loss'),
  ALIGNED_DISTANCE: plain('had last features whose aligned relative distance was'),
  CKA: plain('had last features whose CKA was'),
  EQUIVALENT_TEMPERATURE: plain('had an equivalent temperature'),
  EARLY_TEMPERATURE: plain('had, after a quarter of the epochs, an equivalent temperature'),
  NEIGHBOUR_PURITY: {
    write: (value) => (100 * value).toFixed(1),
    phrase: (more, amount) => `had ${amount} points ${more ? 'more' : 'fewer'} of the nearest neighbours of its own class than`,
  },
};

/**
 * What runs say of a contrast: the difference of the two sides, paired by seed, with its 95 % Student interval.
 *
 * @param planned seeds that are to be run
 */
export function conclude<Of extends Compared, Side extends SeedFigure>(
  contrast: Of,
  planned: number,
  of: readonly Side[],
  against: readonly Side[],
): Conclusion<Of, Side> {
  const pairs = pairBySeed(of, against);
  const difference = estimate(pairs.map((pair) => pair.difference));
  const verdict = judge(difference, contrast.expected);
  return { contrast, sentence: say(contrast, difference, verdict, planned), verdict, difference, pairs };
}

const closing: { readonly [V in Exclude<Verdict, 'PENDING'>]: string } = {
  AGREES: 'agrees with the slide.',
  DISAGREES: 'disagrees with the slide.',
  UNDECIDED: 'undecided, the interval includes 0.',
  NO_CLAIM: 'the slide makes no claim here.',
};

/** One plain sentence with its uncertainty. */
function say({ of, against, metric }: Compared, difference: Estimate | null, verdict: Verdict, planned: number): string {
  const names = `${of.name} against ${against.name}`;
  if (!difference || difference.interval === null || verdict === 'PENDING')
    return `${names}: not known yet, ${difference?.n ?? 0} of ${planned} seeds done on both sides, and it takes two at least.`;
  const { write, phrase } = wordings[metric];
  const did = phrase(difference.mean >= 0, `${write(Math.abs(difference.mean))} ± ${write(difference.interval)}`);
  const zero = verdict === 'NO_CLAIM' && !isResolved(difference) ? 'the interval includes 0; ' : '';
  return `${of.name} ${did} ${against.name} (${difference.n} seeds, paired, 95 %): ${zero}${closing[verdict]}`;
}
