import { writeFile } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import { checkNetworks } from '@studyhall/contract/analysis/check-question.ts';
import { entries } from '@studyhall/contract/analysis/kinds.ts';
import { kindOf, readQuestion } from '@studyhall/contract/analysis/question.ts';
import type { AnalysisResult } from '@studyhall/contract/analysis/result.ts';
import { onEndSignals } from '../../../start/machine/signals.mjs';
import { analyse as answer } from '../analysis/analyse.ts';
import { parseCommand, readCount, UsageError } from '../cli.ts';
import { openEngine } from '../engine/open.ts';
import { WorkStopped } from '../work-failure.ts';

const kinds = Object.values(entries);

const HELP = `npm run trainer -- analyse WEIGHTS… --dataset NAME --ask QUESTION [options]

Asks a question about networks whose weights are kept as files, without a server, and prints the answer as JSON. The same networks, question and
options give the same answer on the same engine.

  --dataset NAME     the dataset that they were trained on
  --ask QUESTION     ${kinds.join(', ')}
  --options JSON     the question's options, as GraphQL has them: '{"sigmas":[0.1,0.2],"draws":5}'
  --reference FILE   of an equivalent temperature: weights of the independent twin, or of the teacher
  --out FILE         where the answer goes (else it is printed)
  --engine NAME      the engine to compute with (auto)
  --threads N        CPU threads (as many as there are cores)

  STUDYHALL_DATA     where datasets lie (data)
`;

const readOptions = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new UsageError(`--options is not JSON: ${error instanceof Error ? error.message : error}`);
  }
};

/**
 * Asks a question about weights without a server. The exit code: 0 done, 130 stopped.
 *
 * @throws UsageError for a question that cannot be asked; WorkError where it cannot be answered.
 */
export const analyse = async (args: string[]): Promise<number> => {
  const { values, positionals } = parseCommand(
    args,
    {
      dataset: { type: 'string' },
      ask: { type: 'string' },
      options: { type: 'string' },
      reference: { type: 'string' },
      out: { type: 'string' },
      engine: { type: 'string' },
      threads: { type: 'string' },
      help: { type: 'boolean', short: 'h' },
    },
    true,
  );
  if (values.help) {
    process.stdout.write(HELP);
    return 0;
  }
  const { dataset, ask, reference } = values;
  if (positionals.length === 0 || dataset === undefined || ask === undefined)
    throw new UsageError('give weights, their dataset and a question: npm run trainer -- analyse WEIGHTS… --dataset NAME --ask flatness');
  if (!kinds.some((kind) => kind === ask)) throw new UsageError(`--ask is "${ask}"; it has to be one of ${kinds.join(', ')}`);
  const { question, problems } = readQuestion({ [ask]: readOptions(values.options ?? '{}') });
  if (!question) throw new UsageError(problems.map(({ path, message }) => `${path} ${message}`).join('\n'));
  const wrong = checkNetworks(kindOf(question), positionals.length, reference !== undefined);
  if (wrong) throw new UsageError(`${wrong.path} ${wrong.message}`);
  const threads = values.threads === undefined ? undefined : readCount('--threads', values.threads, 1, 256);
  const networks = [
    ...positionals.map((path) => ({ label: basename(path), path, reference: false })),
    ...(reference === undefined ? [] : [{ label: basename(reference), path: reference, reference: true }]),
  ];
  const stopped = new AbortController();
  const release = onEndSignals(() => stopped.abort());
  const engine = await openEngine(values.engine ?? 'auto', { threads });
  try {
    const result = await answer({ question, dataset, networks }, engine, tell, stopped.signal);
    await give(result, values.out);
    return 0;
  } catch (error) {
    if (!(error instanceof WorkStopped)) throw error;
    process.stderr.write(`${error.message}; nothing was written\n`);
    return 130;
  } finally {
    release();
    await engine.dispose();
  }
};

let told = 0;

/** On a terminal only: what is printed otherwise is the answer alone. */
const tell = (images: number, expected: number): void => {
  const now = performance.now();
  if (!process.stderr.isTTY || now - told < 500) return;
  told = now;
  process.stderr.write(`\r${images} of ${expected} images`);
};

const give = async (result: AnalysisResult, out: string | undefined): Promise<void> => {
  if (process.stderr.isTTY) process.stderr.write('\n');
  const text = `${JSON.stringify(result, null, 2)}\n`;
  if (out === undefined) process.stdout.write(text);
  else await writeFile(resolve(out), text);
};
