import { createHash } from 'node:crypto';
import { checkNetworks } from '@studyhall/contract/analysis/check-question.ts';
import type { Question } from '@studyhall/contract/analysis/kinds.ts';
import { kindOf, questionText, readQuestion } from '@studyhall/contract/analysis/question.ts';
import type { Problem } from '@studyhall/contract/settings/problem.ts';
import type { Tx } from '../db.ts';
import { badInput } from '../errors.ts';
import { announce } from '../events/topics.ts';
import type { EngineChoice } from '../generated/prisma/client.ts';
import { newId } from '../ids.ts';
import { requeueAnalysisJobs } from '../sql/analyses.ts';
import { holdJobsStill } from '../sql/lease.ts';
import { type AskedOf, findAsked, type NamedNetwork } from './networks.ts';

export type Ask = {
  networks: readonly NamedNetwork[];
  reference?: NamedNetwork | null | undefined;
  question: unknown;
  priority: number;
  engine: EngineChoice;
};

export type Asked = { id: string; askedBefore: boolean };

/**
 * Queues an analysis. The same question about the same weights is one: if it was asked before, that one is given, queued again if it failed
 * or was cancelled.
 *
 * @param createdBy name of the person who asks
 * @throws BAD_INPUT with all that is wrong with the question, or with one of the networks; NOT_FOUND for a run that there is not. Then nothing is stored.
 */
export async function askAnalysis(tx: Tx, ask: Ask, createdBy: string): Promise<Asked> {
  const { question, problems } = readQuestion(ask.question);
  if (!question) throw refused(problems);
  const kind = kindOf(question);
  const wrong = checkNetworks(kind, ask.networks.length, ask.reference != null);
  if (wrong) throw refused([wrong]);
  const named = [...ask.networks, ...(ask.reference ? [ask.reference] : [])];
  // They can neither be deleted nor trained anew until this is stored.
  await holdJobsStill(
    tx,
    named.map(({ runId }) => runId),
  );
  const networks = await findAsked(tx, kind, named);
  const identity = identityOf(question, networks);
  const known = await tx.analysis.findUnique({ where: { identity }, include: { job: true } });
  if (known) return { id: known.id, askedBefore: await goOn(tx, known.id, networks) };
  const id = newId('Analysis');
  const { datasetId } = networks[0] as AskedOf;
  // Who asks the same at this moment is waited for, and comes first.
  const { count } = await tx.analysis.createMany({
    data: [{ id, kind, question: question as object, identity, datasetId, createdBy }],
    skipDuplicates: true,
  });
  if (count === 0) {
    const other = await tx.analysis.findUniqueOrThrow({ where: { identity } });
    return { id: other.id, askedBefore: await goOn(tx, other.id, networks) };
  }
  await tx.analysedNetwork.createMany({
    data: networks.map(({ runId, network, label, sha256 }, position) => {
      return { analysisId: id, position, reference: position >= ask.networks.length, runId, network, label, sha256 };
    }),
  });
  const { priority, engine } = ask;
  await tx.job.create({ data: { id: newId('Job'), kind: 'ANALYSE', analysisId: id, state: 'QUEUED', priority, datasetId, engine } });
  await announce(tx, [...networks.map(({ runId }) => ['analysis', runId] as const), ['work', datasetId]]);
  return { id, askedBefore: false };
}

/** Whether there is, or will be, an answer without further work. Of a run that was deleted, one with the same weights takes the place. */
async function goOn(tx: Tx, id: string, networks: readonly AskedOf[]): Promise<boolean> {
  for (const [position, { runId, network, label }] of networks.entries())
    await tx.analysedNetwork.updateMany({ where: { analysisId: id, position, runId: null }, data: { runId, network, label } });
  const again = await requeueAnalysisJobs(tx, [id]);
  await announce(tx, [
    ...networks.map(({ runId }) => ['analysis', runId] as const),
    ...again.map(({ dataset_id }) => ['work', dataset_id] as const),
  ]);
  return again.length === 0;
}

function identityOf(question: Question, networks: readonly AskedOf[]): string {
  const text = questionText(question, networks[0]?.datasetHash ?? '', networks);
  return createHash('sha256').update(text).digest('hex');
}

function refused(problems: readonly Problem[]) {
  return badInput(`The question was refused, nothing was queued.\n${problems.map(({ path, message }) => `${path} ${message}`).join('\n')}`);
}
