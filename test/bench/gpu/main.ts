import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { availableParallelism, cpus, release } from 'node:os';
import { dirname, join } from 'node:path';
import { availableEngines } from '../../../trainer/src/engine/available.ts';
import { type Card, readCards } from '../../../trainer/src/engine/cards.ts';
import { showProgress } from '../../../trainer/src/fetch/progress.ts';
import { ownVersion } from '../../../trainer/src/version.ts';
import type { Result } from '../train/measure.ts';
import { HELP, type Options, readOptions } from './options.ts';
import { type Done, runParts } from './parts.ts';
import { stagesOf } from './plan.ts';

/** On what, and with which versions, everything was run; PyTorch's stand with its results, which name its card as well. */
const machineOf = async (cards: readonly Card[]) => {
  const { version } = createRequire(import.meta.url)('onnxruntime-node/package.json') as { version: string };
  return {
    cards,
    cpu: `${cpus()[0]?.model.trim() ?? 'unknown CPU'}, ${availableParallelism()} cores`,
    system: `${process.platform} ${process.arch} ${release()}`,
    node: process.version,
    onnxruntime: version,
    trainer: await ownVersion(),
  };
};

/** In full, or as it was before: whoever ends this process finds one or the other. */
const save = (path: string, document: object): void => {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(`${path}.new`, `${JSON.stringify(document, null, 2)}\n`);
  renameSync(`${path}.new`, path);
};

const ratios = ({ againstDefault, againstChannelsLast, againstCompiled }: Result): string =>
  Object.entries({ eager: againstDefault, 'channels-last': againstChannelsLast, 'torch.compile': againstCompiled })
    .flatMap(([name, ratio]) => (ratio === undefined ? [] : [`${ratio.typical.toFixed(2)} × ${name}`]))
    .join(', ');

const lines = ({ name, state, seconds, why, result }: Done): string[] => {
  const { agree, results = [] } = (typeof result === 'object' && result !== null ? result : {}) as { agree?: number; results?: Result[] };
  const said = typeof result === 'string' ? `: ${result}` : agree === undefined ? '' : `: ${agree} agree with the reference`;
  return [
    `${name}: ${state}, ${seconds} s${said}${why === undefined ? '' : ` (${why})`}`,
    ...results.map((own) => `  ${own.name.padEnd(32)} ${own.stepMs.toFixed(2).padStart(8)} ms/step  ${ratios(own)}`),
  ];
};

const enginesFor = async (named: readonly string[] | undefined, cards: readonly Card[]): Promise<readonly string[]> => {
  if (named !== undefined) return named;
  if (cards.length > 0 && process.platform === 'linux' && process.arch === 'x64')
    return ['compiled-cuda', 'compiled-webgpu', 'tfjs-node-gpu'];
  const found = (await availableEngines()).filter((name) => name === 'compiled-cuda' || name === 'compiled-webgpu');
  if (found.length > 0) return found;
  throw new Error(
    'no GPU can be used here: nvidia-smi shows no card, and compiled-webgpu does not start. docs/guide/gpu.md says what they need; --engine compiled-cpu tries everything on the CPU',
  );
};

/**
 * Carries out what the options ask for, on these engines, and writes the document. The exit code: 1 if anything disagrees, fails, or had no time.
 *
 * @param file the document's name in the home, where no other place is named
 */
export const carryOut = async (
  options: Options,
  { engines, cards, file }: { readonly engines: readonly string[]; readonly cards: readonly Card[]; readonly file: string },
): Promise<number> => {
  const output = options.json ? process.stderr : process.stdout;
  const say = (line: string) => output.write(`${line}\n`);
  const path = options.out ?? join(process.env.STUDYHALL_HOME || '.studyhall', file);
  const machine = await machineOf(cards);
  const head = { began: new Date().toISOString(), machine, engines };
  for (const card of cards) say(`${card.name}, driver ${card.driver}, ${card.memory} MiB`);
  say(`${machine.cpu}; ${engines.join(', ')}; at most ${options.seconds / 60} minutes`);

  const told = new Set<string>();
  const stages = stagesOf({ options, engines, gpu: cards.length > 0, progressOf: (file) => showProgress(file, output) });
  const parts = await runParts(stages, options.seconds, (done) => {
    save(path, { ...head, parts: done });
    for (const own of done) {
      if (own.state === 'running' || told.has(own.name)) continue;
      told.add(own.name);
      for (const line of lines(own)) say(line);
    }
  });
  const document = { ...head, parts };
  save(path, document);
  say(`all of it is in ${path}`);
  if (options.json) process.stdout.write(`${JSON.stringify(document, null, 2)}\n`);
  return parts.every(({ state }) => state === 'done') ? 0 : 1;
};

/** `npm run bench -- gpu …`. */
export const gpu = async (args: string[]): Promise<number> => {
  const options = readOptions(args);
  if (options.help) {
    process.stdout.write(HELP);
    return 0;
  }
  const cards = await readCards();
  return carryOut(options, { engines: await enginesFor(options.engine, cards), cards, file: 'bench-gpu.json' });
};
