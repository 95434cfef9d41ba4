import { checkResult } from '@studyhall/contract/analysis/check-result.ts';
import { readQuestion } from '@studyhall/contract/analysis/question.ts';
import type { AnalysisResult } from '@studyhall/contract/analysis/result.ts';
import type { DataFolders } from '../data/folders.ts';
import { dataFolders } from '../data/folders.ts';
import type { Engine } from '../engine/engine.ts';
import { watched } from '../engine/watched.ts';
import { WorkError } from '../work-failure.ts';
import { answer } from './evaluators.ts';
import { Predict, type Progress } from './predict.ts';
import { type NetworkFile, readAnalysed, readData } from './read-analysed.ts';

/** An analysis to be made: its files are on this machine. */
export type AnalysisJob = {
  /** QuestionInput; defaults that are left out are filled in. */
  readonly question: unknown;
  /** Name of the dataset. */
  readonly dataset: string;
  /** Content hash it must have; absent: whatever is found. */
  readonly datasetHash?: string;
  /** In the order in which they are named in the result. */
  readonly networks: readonly NetworkFile[];
  /** Where datasets lie; absent: as the environment says. */
  readonly folders?: DataFolders;
};

/**
 * Answers a question about networks whose weights are kept.
 *
 * @throws WorkError (permanent) for a question that cannot be read, data that are not here or not the same, weights that are damaged or of
 * something else, outputs that are not finite.
 * @throws WorkStopped once `signal` is aborted and the batch under way is done. Whoever goes on begins anew: there is no half answer.
 */
export const analyse = async (job: AnalysisJob, engine: Engine, progress: Progress, signal: AbortSignal): Promise<AnalysisResult> => {
  const { question, problems } = readQuestion(job.question);
  if (!question) throw new WorkError(problems.map(({ path, message }) => `${path} ${message}`).join('\n'), { permanent: true });
  const data = await readData(job.dataset, job.datasetHash, job.folders ?? dataFolders());
  const read = await Promise.all(job.networks.map(async (file) => ({ file, network: await readAnalysed(data, file) })));
  const networks = read.flatMap(({ file, network }) => (file.reference ? [] : [network]));
  const reference = read.find(({ file }) => file.reference)?.network ?? null;
  const predict = new Predict(watched(engine), progress, signal);
  try {
    const result = await answer(question, { networks, reference }, predict, data);
    const wrong = checkResult(result, job.networks.length);
    if (wrong) throw new WorkError(`what was found is no result: ${wrong.path} ${wrong.message}`, { permanent: true });
    return result;
  } finally {
    await predict.dispose();
  }
};
