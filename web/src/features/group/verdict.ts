import type { Estimate } from '@studyhall/contract/statistics/estimate.ts';
import { isResolved } from '@studyhall/contract/statistics/verdict.ts';
import { percent } from '@/lib/format/number.ts';
import type { GroupFacts } from './use-group.ts';

type Row = Pick<GroupFacts['rows'][number], 'networkIndex' | 'role' | 'models' | 'validationGain' | 'testGain'>;

/** What is said of one member on one split, and whether the gain is told from noise. */
export type Verdict = { key: string; sentence: string; resolved: boolean };

/** A sentence for each network and the ensemble, and for each split that its gain is known on. */
export function verdictsOf(rows: readonly Row[]): Verdict[] {
  return rows.flatMap((row) => {
    const name = nameOf(row);
    return [verdictOn('validation', name, row.validationGain), verdictOn('test', name, row.testGain)].flatMap((found) => found ?? []);
  });
}

function verdictOn(split: string, name: string, gain: Estimate | null): Verdict | null {
  if (!gain) return null;
  const key = `${name} ${split}`;
  const amount = percent(Math.abs(gain.mean));
  const did = `${name} ${gain.mean < 0 ? 'lost' : 'gained'} ${amount}`;
  const over = `points of ${split} accuracy ${gain.mean < 0 ? 'against' : 'over'} its independent twin`;
  if (gain.interval === null) return { key, sentence: `${did} ${over} at one seed, which says nothing about noise.`, resolved: false };
  const resolved = isResolved(gain);
  const closing = resolved ? 'told from noise.' : 'undecided, the interval includes 0.';
  return { key, sentence: `${did} ± ${percent(gain.interval)} ${over} (${gain.n} seeds, paired, 95\u00a0%): ${closing}`, resolved };
}

const nameOf = ({ networkIndex, models }: Row) => (networkIndex === null ? 'The ensemble' : `Network ${networkIndex} (${models[0] ?? ''})`);
