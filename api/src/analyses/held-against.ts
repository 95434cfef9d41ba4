import { takesReference } from '@studyhall/contract/analysis/check-question.ts';
import type { Question } from '@studyhall/contract/analysis/kinds.ts';
import { kindOf } from '@studyhall/contract/analysis/question.ts';
import type { Tx } from '../db.ts';
import { badInput } from '../errors.ts';
import { groupBy } from '../group-by.ts';
import { findTwinKey } from '../runs/seeds/side.ts';
import { findCountingRuns } from '../sql/counting-runs.ts';
import { type QuestionTogether, questionsOfRun, type Reference, referenceOfRun } from './kept-questions.ts';
import { studentsOf } from './networks.ts';
import { wantTogether } from './wanted.ts';

type RunOfGroup = { readonly id: string; readonly group_key: string; readonly seed: number };

/**
 * The question of each network of these runs, by what the reference's of the same seed is at its end. Of a run there is none where that is
 * a run of its own group, or its seed has none.
 *
 * @throws BAD_INPUT for a network that the reference does not have.
 */
export async function heldAgainst(
  tx: Tx,
  runs: readonly RunOfGroup[],
  question: Question,
  { groupKey, network: chosen }: Reference,
): Promise<QuestionTogether[]> {
  const held: QuestionTogether[] = [];
  for (const [key, own] of groupBy(runs, ({ group_key }) => group_key)) {
    const referenceKey = groupKey ?? (await findTwinKey(tx, own[0]?.id ?? ''));
    if (referenceKey === null || referenceKey === key) continue;
    const theirs = await findCountingRuns(tx, [referenceKey]);
    for (const { id, seed } of own) {
      const other = theirs.find((one) => one.seed === seed);
      if (!other) continue;
      const others = await studentsOf(tx, other.id);
      if (chosen !== null && !others.some(({ network }) => network === chosen))
        throw badInput(`referenceNetwork is ${chosen}; run ${other.id} has networks ${others.map(({ network }) => network).join(', ')}.`);
      for (const [place, network] of (await studentsOf(tx, id)).entries()) {
        const by = chosen === null ? (others[place] ?? others[0]) : others.find((one) => one.network === chosen);
        if (by) held.push({ question, networks: [by, network], reference: by });
      }
    }
  }
  return held;
}

/**
 * Wants those of a run's own questions answered that hold it against another run: as soon as both have succeeded.
 *
 * @returns the seeds of these runs that have nothing to be held against yet.
 */
export async function wantHeldAgainst(tx: Tx, runIds: readonly string[], person: string): Promise<number[]> {
  const runs = await tx.run.findMany({ where: { id: { in: [...runIds] } }, orderBy: { seed: 'asc' } });
  const without = new Set<number>();
  for (const { id, groupKey, seed, questions } of runs)
    for (const question of questionsOfRun(questions).filter((one) => takesReference(kindOf(one)))) {
      const held = await heldAgainst(tx, [{ id, group_key: groupKey, seed }], question, referenceOfRun(questions));
      if (held.length === 0) without.add(seed);
      await wantTogether(tx, held, person);
    }
  return [...without];
}
