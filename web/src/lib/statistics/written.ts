import type { Estimate } from '@studyhall/contract/statistics/estimate.ts';
import type { Spread } from '@studyhall/contract/statistics/spread.ts';
import { isResolved } from '@studyhall/contract/statistics/verdict.ts';
import type { MeasureFormat } from '@/generated/graphql.ts';
import { percent, points, significant } from '../format/number.ts';

/** A figure in writing, with its spread; quiet ones are absent, or not told from noise. */
export type Written = { value: string; spread: string | null; quiet: boolean };

/** An accuracy in percent, ± its sd over seeds. */
export function accuracyText(statistic: Spread | null): Written {
  return { value: percent(statistic?.mean), spread: statistic?.sd == null ? null : percent(statistic.sd), quiet: !statistic };
}

/** A figure in its own unit, ± its sd over seeds. */
export function numberText(statistic: Spread | null): Written {
  return { value: significant(statistic?.mean, 3), spread: statistic?.sd == null ? null : significant(statistic.sd, 2), quiet: !statistic };
}

/** A figure of a measure as that is written, ± its sd over seeds. */
export function measureText(measure: { format: MeasureFormat } | undefined, statistic: Spread | null = null): Written {
  return measure?.format === 'PERCENT' ? accuracyText(statistic) : numberText(statistic);
}

/** A gain in points with its 95 % interval. */
export function gainText(gain: Estimate | null): Written {
  return { value: points(gain?.mean), spread: gain?.interval == null ? null : percent(gain.interval), quiet: !gain || !isResolved(gain) };
}
