import type { Tx } from '../../db.ts';
import { badInput } from '../../errors.ts';
import type { Change } from '../../events/topics.ts';
import type { HeldLease } from '../../sql/lease.ts';
import type { Progress } from '../reports.ts';
import { runOf } from './run-of.ts';

const phases = ['teacher', 'cohort'];

/** @throws BAD_INPUT for a phase that training does not have. */
export async function showProgress(_tx: Tx, job: HeldLease, { phase }: Progress): Promise<Change[]> {
  if (!phases.includes(phase)) throw badInput(`progress.phase is "${phase.slice(0, 80)}"; allowed: ${phases.join(', ')}.`);
  return [['progress', runOf(job)]];
}
