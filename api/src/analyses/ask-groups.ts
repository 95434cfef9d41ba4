import { takesReference } from '@studyhall/contract/analysis/check-question.ts';
import { entries, type Question } from '@studyhall/contract/analysis/kinds.ts';
import { kindOf, readQuestion } from '@studyhall/contract/analysis/question.ts';
import { written } from '@studyhall/contract/settings/written.ts';
import type { Tx } from '../db.ts';
import { badInput, notFound } from '../errors.ts';
import { groupBy } from '../group-by.ts';
import { findCountingRuns } from '../sql/counting-runs.ts';
import { expectTaken } from './expect-taken.ts';
import { heldAgainst } from './held-against.ts';
import type { QuestionTogether, Reference } from './kept-questions.ts';
import { type NamedNetwork, studentsOf } from './networks.ts';
import { mostGroups } from './over-seeds.ts';
import { type Wants, wantAnswers, wantTogether } from './wanted.ts';

export type AskGroups = {
  groups: readonly string[];
  question: unknown;
  /** Of all groups at once, seed by seed. Planes are always asked for so. */
  together: boolean;
  /** Of an equivalent temperature. */
  reference: Reference;
};

/** Most analyses that are asked for at once. */
const mostAsked = 400;

/**
 * Asks a question of every seed of groups: of the runs that have succeeded at once, of the others as soon as they have. Of each seed the run
 * that counts; what was asked before is not asked again.
 *
 * @throws BAD_INPUT with what is wrong with the question, for too many groups or seeds, and where no run of them can be asked; NOT_FOUND for a
 * group without runs. Then nothing is stored.
 */
export async function askGroups(tx: Tx, { groups, question: given, together, reference }: AskGroups, person: string): Promise<Wants> {
  const { question, problems } = readQuestion(given);
  if (!question) throw badInput(problems.map(({ path, message }) => `${path} ${message}`).join('\n'));
  const keys = [...new Set(groups)];
  if (keys.length === 0 || keys.length > mostGroups)
    throw badInput(`groups has ${keys.length} entries; 1 to ${mostGroups} can be asked at once.`);
  const kind = kindOf(question);
  expectTaken(reference, takesReference(kind), entries[kind]);
  const runs = await findCountingRuns(tx, keys);
  const missing = keys.find((key) => !runs.some(({ group_key }) => group_key === key));
  if (missing !== undefined) throw notFound('group with runs that count', missing);
  if (runs.length > mostAsked)
    throw badInput(`These groups have ${written(runs.length)} runs; at most ${written(mostAsked)} can be asked at once. Ask fewer groups.`);
  const wants = await want();
  const [why] = wants.refused;
  if (wants.asked.length + wants.waiting === 0)
    throw badInput(why ?? 'These groups have no seed in common, so nothing can be asked of them together.');
  return wants;

  function want(): Promise<Wants> {
    if (!question) throw new Error('A question that cannot be read went on.');
    if (takesReference(kind)) return askByReference(question);
    if (together || kind === 'EMBEDDING') return askTogether();
    const ids = runs.map(({ id }) => id);
    return wantAnswers(tx, ids, [question], person);
  }

  async function askTogether(): Promise<Wants> {
    const bySeed = [...groupBy(runs, ({ seed }) => seed).values()].filter((own) => own.length === keys.length);
    const asked: QuestionTogether[] = [];
    for (const own of bySeed) {
      const inOrder = keys.flatMap((key) => own.filter(({ group_key }) => group_key === key));
      const networks: NamedNetwork[] = [];
      for (const { id } of inOrder) networks.push(...(await studentsOf(tx, id)));
      asked.push({ question: question as Question, networks, reference: null });
    }
    return wantTogether(tx, asked, person);
  }

  async function askByReference(about: Question): Promise<Wants> {
    const asked = await heldAgainst(tx, runs, about, reference);
    if (asked.length === 0)
      throw badInput(
        'None of these groups has a seed in common with a reference: its independent twin, or the group that `reference` names.',
      );
    return wantTogether(tx, asked, person);
  }
}
