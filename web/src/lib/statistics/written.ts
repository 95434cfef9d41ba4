import { percent, points, significant } from '../format/number.ts';
import { confidence95, isResolved, type Statistic } from './interval.ts';

/** A figure in writing, with its spread; quiet ones are absent, or not told from noise. */
export type Written = { value: string; spread: string | null; quiet: boolean };

/** An accuracy in percent, ± its sd over seeds. */
export function accuracyText(statistic: Statistic | null): Written {
  return { value: percent(statistic?.mean), spread: statistic?.sd == null ? null : percent(statistic.sd), quiet: !statistic };
}

/** A figure in its own unit, ± its sd over seeds. */
export function numberText(statistic: Statistic | null): Written {
  return { value: significant(statistic?.mean, 3), spread: statistic?.sd == null ? null : significant(statistic.sd, 2), quiet: !statistic };
}

/** A gain in points with its 95 % interval. */
export function gainText(gain: Statistic | null): Written {
  const half = gain && confidence95(gain);
  return { value: points(gain?.mean), spread: half == null ? null : percent(half), quiet: !gain || !isResolved(gain) };
}
