import { availableParallelism, cpus, loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import { readQuestion } from '../../../contract/analysis/question.ts';
import { answer } from '../../../trainer/src/analysis/evaluators.ts';
import { Predict } from '../../../trainer/src/analysis/predict.ts';
import { openEngine } from '../../../trainer/src/engine/open.ts';
import { benchData, benchNetworks } from './subjects.ts';

const HELP = `npm run bench -- analyses [options]

Seconds that analyses of resnet-8 on 32 × 32 pictures take, each beside its goal on two cores: flatness at 10 σ with 10 draws on 1,000 training and
1,000 validation images, the pair analysis of two networks over all layers, 2,000 points of four networks in the plane. Weights are those of the
beginning: what they are changes nothing of the time. Beside it the CPU time, which says more on a machine that others use.

  --engine NAME      the engine to compute with (auto)
  --only QUESTION    only this question; several times for several
  --threads N        CPU threads (all cores)
`;

type Row = { name: string; question: object; networks: number; goalSeconds: number };

const ROWS: readonly Row[] = [
  { name: 'flatness', question: { flatness: {} }, networks: 1, goalSeconds: 150 },
  { name: 'flatness, kept', question: { flatness: { batchNorm: 'KEPT' } }, networks: 1, goalSeconds: 150 },
  { name: 'pairs', question: { pairs: {} }, networks: 2, goalSeconds: 30 },
  { name: 't-SNE', question: { embedding: { samples: 500 } }, networks: 4, goalSeconds: 60 },
  { name: 'UMAP', question: { embedding: { samples: 500, method: 'UMAP' } }, networks: 4, goalSeconds: 60 },
];

/** `npm run bench -- analyses …`. Gives the exit code: 1 if a goal was missed. */
export const analyses = async (args: string[]): Promise<number> => {
  const { values } = parseArgs({
    args,
    options: {
      engine: { type: 'string', default: 'auto' },
      only: { type: 'string', multiple: true },
      threads: { type: 'string' },
      help: { type: 'boolean', short: 'h' },
    },
  });
  if (values.help) {
    process.stdout.write(HELP);
    return 0;
  }
  const unknown = values.only?.find((name) => !ROWS.some((row) => row.name === name));
  if (unknown !== undefined) throw new Error(`--only ${unknown}: there are ${ROWS.map(({ name }) => name).join('; ')}`);
  const threads = values.threads === undefined ? undefined : Number(values.threads);
  if (threads !== undefined && !(Number.isInteger(threads) && threads > 0)) throw new Error('--threads takes a whole number from 1 on');
  const engine = await openEngine(values.engine, { threads });
  const [load = 0] = loadavg();
  console.log(`${engine.name}, ${availableParallelism()} × ${cpus()[0]?.model}; load before: ${load.toFixed(1)}`);
  const data = benchData();
  let missed = 0;
  for (const { name, question: asked, networks, goalSeconds } of ROWS) {
    if (values.only && !values.only.includes(name)) continue;
    const { question } = readQuestion(asked);
    if (!question) throw new Error(`The question ${name} cannot be read.`);
    const predict = new Predict(engine, () => undefined, new AbortController().signal);
    const begun = performance.now();
    const before = process.cpuUsage();
    await answer(question, { networks: benchNetworks(networks), reference: null }, predict, data);
    const seconds = (performance.now() - begun) / 1000;
    const { user, system } = process.cpuUsage(before);
    const programs = predict.compiled;
    await predict.dispose();
    if (seconds > goalSeconds) missed += 1;
    console.log(
      `${name.padEnd(16)}${seconds.toFixed(1).padStart(7)} s  goal ${goalSeconds} s, ${((user + system) / 1e6).toFixed(1)} s of CPU, ${programs} programs made ready`,
    );
  }
  await engine.dispose();
  return missed > 0 ? 1 : 0;
};
