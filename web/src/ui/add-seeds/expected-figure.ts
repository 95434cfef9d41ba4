import type { Estimate } from '@studyhall/contract/statistics/estimate.ts';
import { isResolved } from '@studyhall/contract/statistics/verdict.ts';
import type { DeckMetric } from '@/generated/graphql.ts';
import { absent, percent, points, significant } from '@/lib/format/number.ts';

export type Expected = { of: string; metric: DeckMetric; difference: boolean; now: Estimate | null; n: number; interval: number | null };

export const metricNames: Record<DeckMetric, string> = {
  VALIDATION_ACCURACY: 'validation accuracy',
  TEST_ACCURACY: 'test accuracy',
  VALIDATION_ENTROPY: 'validation entropy',
  TEST_ENTROPY: 'test entropy',
  PROBE_ENTROPY: 'entropy on the probe',
  WITHHELD_ACCURACY: 'test accuracy on the withheld class',
  CORRECTED_WITHHELD_ACCURACY: 'test accuracy on the withheld class, corrected',
  TEST_GAP: 'gap between training and test accuracy',
  HALFWAY_SIGMA: 'σ of half the accuracy',
  RELATIVE_HALFWAY_SIGMA: 'relative σ of half the accuracy',
  ADAPTIVE_SHARPNESS: 'adaptive sharpness',
  ALIGNED_DISTANCE: 'aligned distance of the last features',
  EQUIVALENT_TEMPERATURE: 'equivalent temperature',
  EARLY_TEMPERATURE: 'equivalent temperature after a quarter of the epochs',
  NEIGHBOUR_PURITY: 'class purity of the features',
  CKA: 'linear CKA of the last features',
};

/** A figure that is to become surer, in writing: as it is, the interval to expect, and whether that would tell it from noise. */
export type ExpectedText = { now: string; later: string; verdict: string | null };

export function expectedText({ metric, difference, now, n, interval }: Expected): ExpectedText {
  const isAccuracy = metric.endsWith('ACCURACY') || metric === 'TEST_GAP';
  const write = (value: number) => (isAccuracy ? percent(value) : significant(value, 2));
  const mean = now === null ? absent : isAccuracy && difference ? points(now.mean) : write(now.mean);
  const spread = now?.interval == null ? '' : ` ± ${write(now.interval)}`;
  return {
    now: now === null ? 'not known yet' : `${mean}${spread}, n = ${now.n}`,
    later: `${interval === null ? 'not known yet' : `± ${write(interval)}`}, n = ${n}`,
    verdict: difference && now !== null && now.n > 1 ? verdictOf(now, interval) : null,
  };
}

/** What the interval to expect would say of the present mean, which may move. */
function verdictOf(now: Estimate, interval: number | null): string | null {
  if (interval === null) return null;
  const resolved = isResolved({ mean: now.mean, interval });
  if (isResolved(now)) return resolved ? 'told from noise already' : null;
  return resolved ? 'told from noise, if the mean stays' : 'still within noise, if the mean stays';
}
