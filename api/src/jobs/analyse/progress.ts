import type { Tx } from '../../db.ts';
import { badInput } from '../../errors.ts';
import type { Change } from '../../events/topics.ts';
import type { HeldLease } from '../../sql/lease.ts';
import type { Progress } from '../reports.ts';
import { analysisOf, changesOf } from './analysis-of.ts';

/** @throws BAD_INPUT for a phase that an analysis does not have. */
export async function showProgress(tx: Tx, job: HeldLease, { phase }: Progress): Promise<Change[]> {
  if (phase !== 'analysis') throw badInput(`progress.phase is "${phase.slice(0, 80)}"; allowed: analysis.`);
  return changesOf(tx, analysisOf(job));
}
