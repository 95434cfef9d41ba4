import { takesReference } from '@studyhall/contract/analysis/check-question.ts';
import type { Question } from '@studyhall/contract/analysis/kinds.ts';
import { kindOf } from '@studyhall/contract/analysis/question.ts';
import { canonical } from '@studyhall/contract/spec/canonical.ts';
import type { Tx } from '../db.ts';
import { ApiError } from '../errors.ts';
import { lockWaitingQuestions } from '../sql/analyses.ts';
import { holdJobsStill } from '../sql/lease.ts';
import { type Ask, type Asked, askAnalysis } from './ask.ts';
import { type Kept, type QuestionTogether, questionsOfRun, togetherOfRun } from './kept-questions.ts';
import { studentsOf } from './networks.ts';

/** What came of wanting answers: the questions that were asked at once, how many wait for runs, and why one cannot be asked. */
export type Wants = { readonly asked: readonly Asked[]; readonly waiting: number; readonly refused: readonly string[] };

/** Wants questions answered of the students of runs: at once where a run has succeeded, else as soon as it has. */
export async function wantAnswers(tx: Tx, runIds: readonly string[], questions: readonly Question[], person: string): Promise<Wants> {
  if (questions.length === 0) return { asked: [], waiting: 0, refused: [] };
  // One that succeeds at this moment would not be asked.
  await holdJobsStill(tx, runIds);
  const runs = await tx.run.findMany({ where: { id: { in: [...runIds] } }, include: { job: true } });
  const outcomes: (Asked | string)[] = [];
  let waiting = 0;
  for (const run of runs)
    if (run.job?.state === 'SUCCEEDED') outcomes.push(...(await askAll(tx, run.id, questions, person)));
    else {
      await keep(tx, run.id, questions);
      waiting += questions.length;
    }
  return { ...partOutcomes(outcomes), waiting };
}

/** Wants questions about several runs answered: at once where all have succeeded, else as soon as the last one has. */
export async function wantTogether(tx: Tx, wanted: readonly QuestionTogether[], person: string): Promise<Wants> {
  if (wanted.length === 0) return { asked: [], waiting: 0, refused: [] };
  await holdJobsStill(tx, [...new Set(wanted.flatMap(runsOf))]);
  const outcomes: (Asked | string)[] = [];
  let waiting = 0;
  for (const one of wanted) {
    const unready = await unfinished(tx, one);
    if (unready.length === 0) outcomes.push(await ask(tx, one, person));
    else waiting += 1;
    for (const { id } of unready) await keep(tx, id, [{ together: one }]);
  }
  return { ...partOutcomes(outcomes), waiting };
}

const partOutcomes = (outcomes: readonly (Asked | string)[]) => ({
  asked: outcomes.flatMap((one) => (typeof one === 'string' ? [] : [one])),
  refused: [...new Set(outcomes.flatMap((one) => (typeof one === 'string' ? [one] : [])))],
});

/** A run has succeeded: what was wanted of it is asked. */
export async function askWanted(tx: Tx, runId: string): Promise<void> {
  const run = await tx.run.findUniqueOrThrow({ where: { id: runId }, select: { questions: true, createdBy: true } });
  const person = run.createdBy ?? '';
  // One that holds it against another run waits for both: it is among those below.
  const alone = questionsOfRun(run.questions).filter((question) => !takesReference(kindOf(question)));
  await askAll(tx, runId, alone, person);
  const together = togetherOfRun(run.questions);
  if (together.length === 0) return;
  await lockWaitingQuestions(tx);
  for (const one of together) if ((await unfinished(tx, one)).length === 0) await ask(tx, one, person);
}

const runsOf = ({ networks, reference }: QuestionTogether): string[] => [
  ...new Set([...networks, ...(reference ? [reference] : [])].map(({ runId }) => runId)),
];

/** Its runs that have not succeeded. */
async function unfinished(tx: Tx, asked: QuestionTogether) {
  const where = { id: { in: runsOf(asked) }, job: { state: { not: 'SUCCEEDED' as const } } };
  return tx.run.findMany({ where, select: { id: true } });
}

async function keep(tx: Tx, id: string, more: readonly Kept[]): Promise<void> {
  const { questions } = await tx.run.findUniqueOrThrow({ where: { id }, select: { questions: true } });
  const kept = questions as object[];
  const added = more.filter((one) => !kept.some((other) => canonical(other) === canonical(one)));
  if (added.length > 0) await tx.run.update({ where: { id }, data: { questions: [...kept, ...added] as object[] } });
}

async function askAll(tx: Tx, runId: string, questions: readonly Question[], person: string): Promise<(Asked | string)[]> {
  if (questions.length === 0) return [];
  const networks = await studentsOf(tx, runId);
  const outcomes: (Asked | string)[] = [];
  for (const question of questions) outcomes.push(await ask(tx, { networks, question }, person));
  return outcomes;
}

/** @returns why it is refused, if it is: a question that such a run cannot be asked is no reason to lose the run. */
async function ask(tx: Tx, asked: Pick<Ask, 'networks' | 'reference' | 'question'>, person: string): Promise<Asked | string> {
  return askAnalysis(tx, { ...asked, priority: 0, engine: 'AUTO' }, person).catch((error: unknown) => {
    // What is refused is refused before anything is written.
    if (!(error instanceof ApiError)) throw error;
    return error.message;
  });
}
