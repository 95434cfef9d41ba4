import type { Question } from '@studyhall/contract/analysis/kinds.ts';
import { canonical } from '@studyhall/contract/spec/canonical.ts';
import type { Tx } from '../db.ts';
import { ApiError } from '../errors.ts';
import { holdJobsStill } from '../sql/lease.ts';
import { askAnalysis } from './ask.ts';

/** Wants questions answered of the students of runs: at once where a run has succeeded, else as soon as it has. */
export async function wantAnswers(tx: Tx, runIds: readonly string[], questions: readonly Question[], person: string): Promise<void> {
  if (questions.length === 0) return;
  // One that succeeds at this moment would not be asked.
  await holdJobsStill(tx, runIds);
  const runs = await tx.run.findMany({ where: { id: { in: [...runIds] } }, include: { job: true } });
  for (const run of runs) {
    if (run.job?.state === 'SUCCEEDED') {
      await askAll(tx, run.id, questions, person);
      continue;
    }
    const known = run.questions as object[];
    const more = questions.filter((question) => !known.some((one) => canonical(one) === canonical(question)));
    if (more.length > 0) await tx.run.update({ where: { id: run.id }, data: { questions: [...known, ...more] as object[] } });
  }
}

/** A run has succeeded: what was wanted of it is asked. */
export async function askWanted(tx: Tx, runId: string): Promise<void> {
  const run = await tx.run.findUniqueOrThrow({ where: { id: runId }, select: { questions: true, createdBy: true } });
  await askAll(tx, runId, run.questions as unknown as Question[], run.createdBy ?? '');
}

async function askAll(tx: Tx, runId: string, questions: readonly Question[], person: string): Promise<void> {
  if (questions.length === 0) return;
  const students = await tx.network.findMany({ where: { runId, role: { not: 'TEACHER' } }, orderBy: { index: 'asc' } });
  const networks = students.map(({ index }) => ({ runId, network: index }));
  for (const question of questions)
    await askAnalysis(tx, { networks, question, priority: 0, engine: 'AUTO' }, person).catch((error: unknown) => {
      // A question that such a run cannot be asked is no reason to lose the run. What is refused is refused before anything is written.
      if (!(error instanceof ApiError)) throw error;
    });
}
