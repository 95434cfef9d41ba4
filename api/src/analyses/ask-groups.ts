import { entries } from '@studyhall/contract/analysis/kinds.ts';
import { kindOf, readQuestion } from '@studyhall/contract/analysis/question.ts';
import type { Tx } from '../db.ts';
import { badInput, notFound } from '../errors.ts';
import { groupBy } from '../group-by.ts';
import { findTwinKey } from '../runs/seeds/side.ts';
import { type CountingRun, findCountingRuns } from '../sql/counting-runs.ts';
import type { NamedNetwork } from './networks.ts';
import { mostGroups } from './over-seeds.ts';
import { type QuestionTogether, type Wants, wantAnswers, wantTogether } from './wanted.ts';

export type AskGroups = {
  groups: readonly string[];
  question: unknown;
  /** Of all groups at once, seed by seed. Planes are always asked for so. */
  together: boolean;
  /** Of an equivalent temperature: the group whose temperature is asked for; null: each group's independent twin. */
  reference: string | null;
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
  if (reference !== null && kind !== 'EQUIVALENT_TEMPERATURE') throw badInput(`reference is not taken by ${entries[kind]}: leave it out.`);
  const runs = await findCountingRuns(tx, keys);
  const missing = keys.find((key) => !runs.some(({ group_key }) => group_key === key));
  if (missing !== undefined) throw notFound('group with runs that count', missing);
  if (runs.length > mostAsked)
    throw badInput(`These groups have ${runs.length} runs; at most ${mostAsked} can be asked at once. Ask fewer groups.`);
  const wants = await want();
  const [why] = wants.refused;
  if (wants.asked.length + wants.waiting === 0)
    throw badInput(why ?? 'These groups have no seed in common, so nothing can be asked of them together.');
  return wants;

  function want(): Promise<Wants> {
    if (!question) throw new Error('A question that cannot be read went on.');
    if (kind === 'EQUIVALENT_TEMPERATURE') return askByReference();
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
      asked.push({ question: question as never, networks, reference: null });
    }
    return wantTogether(tx, asked, person);
  }

  /** Each network and the reference's at its place, or its first where it has fewer, by what that one is at its end. */
  async function askByReference(): Promise<Wants> {
    const asked: QuestionTogether[] = [];
    for (const [key, own] of groupBy(runs, ({ group_key }) => group_key)) {
      const referenceKey = reference ?? (await findTwinKey(tx, (own[0] as CountingRun).id));
      if (referenceKey === null || referenceKey === key) continue;
      const theirs = await findCountingRuns(tx, [referenceKey]);
      for (const { id, seed } of own) {
        const other = theirs.find((one) => one.seed === seed);
        if (!other) continue;
        const others = await studentsOf(tx, other.id);
        for (const [place, network] of (await studentsOf(tx, id)).entries()) {
          const by = others[place] ?? others[0];
          if (by) asked.push({ question: question as never, networks: [by, network], reference: by });
        }
      }
    }
    if (asked.length === 0)
      throw badInput(
        'None of these groups has a seed in common with a reference: its independent twin, or the group that `reference` names.',
      );
    return wantTogether(tx, asked, person);
  }
}

async function studentsOf(tx: Tx, runId: string) {
  const students = await tx.network.findMany({ where: { runId, role: { not: 'TEACHER' } }, orderBy: { index: 'asc' } });
  return students.map(({ index }) => ({ runId, network: index }));
}
