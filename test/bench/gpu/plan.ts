import { availableParallelism } from 'node:os';
import { COMPILED_NAMES } from '../../../trainer/src/engine/names.ts';
import type { Progress } from '../../../trainer/src/fetch/progress.ts';
import { measureRow } from '../train/measure.ts';
import type { Row } from '../train/rows.ts';
import { bringCuda, bringPyTorch, bringTensorFlow, cudaEnvironment, pythonWithTorch } from './bring.ts';
import type { Options } from './options.ts';
import { parity } from './parity.ts';
import type { Done, Part } from './parts.ts';

type Stage = (done: readonly Done[]) => readonly Part[];

/** Seconds: gigabytes by a good line, some hundred comparisons with a slow reference, and a row with two compilations of PyTorch's. */
const LIMITS = { bring: 240, parity: 180, row: 90 } as const;

export type Plan = {
  readonly options: Options;
  readonly engines: readonly string[];
  /** Whether PyTorch is to find a GPU, too. */
  readonly gpu: boolean;
  readonly progressOf: (file: string) => Progress;
};

const parityOf = (engine: string) => `parity ${engine}`;

/** TensorFlow's process would take another CUDA from there, if versions came apart. */
const environmentOf = (engine: string): NodeJS.ProcessEnv =>
  COMPILED_NAMES.some((own) => own === engine.split(':')[0]) ? cudaEnvironment() : {};

const bringing = ({ options, engines, progressOf }: Plan): Part[] => {
  const part = (name: string, bring: (signal: AbortSignal) => Promise<string>): Part => ({
    name,
    seconds: options.bring ? options.seconds : LIMITS.bring,
    run: async (signal, keep) => keep(await bring(signal)),
  });
  return [
    ...(engines.includes('compiled-cuda') ? [part('bring CUDA', (signal) => bringCuda(signal, progressOf))] : []),
    ...(engines.includes('tfjs-node-gpu') ? [part('bring TensorFlow', bringTensorFlow)] : []),
    ...(options['no-pytorch'] || options['no-train'] ? [] : [part('bring PyTorch', (signal) => bringPyTorch(signal))]),
  ];
};

const comparing = ({ options, engines }: Plan): Part[] =>
  engines.map((engine) => ({
    name: parityOf(engine),
    // With nothing to come after it, a comparison has all the time.
    seconds: options['no-train'] ? options.seconds : LIMITS.parity,
    run: (signal, keep) => parity(engine, environmentOf(engine), signal, keep, options),
  }));

/** CUDA's state crosses the bus once in a call: how much eight steps in one save is to be seen beside it. */
export const measuredAs = (engine: string): string[] => (engine === 'compiled-cuda' ? [engine, `${engine}:8`] : [engine]);

/** What disagrees with the reference is not measured: how fast wrong numbers come says nothing. */
const rightOnes = (engines: readonly string[], done: readonly Done[]): string[] =>
  engines.filter((engine) => done.find(({ name }) => name === parityOf(engine))?.state !== 'failed');

const measuring =
  ({ options, engines, gpu }: Plan, row: Row): Stage =>
  (done) => {
    const right = rightOnes(engines, done);
    const run: Part['run'] = async (signal, keep) => {
      if (right.length === 0) throw new Error('no engine agrees with the reference: none was measured');
      const python = options['no-pytorch'] ? null : pythonWithTorch();
      const { rounds } = options;
      const measured = await measureRow(row, {
        engines: right.flatMap(measuredAs),
        threads: availableParallelism(),
        rounds,
        python,
        compile: true,
        gpu,
        signal,
        environmentOf,
      });
      keep(measured);
      if (measured.failures.length > 0) throw new Error(measured.failures.join('; '));
    };
    return [{ name: `${row.name}, batch ${row.batch}`, seconds: LIMITS.row, run }];
  };

/** All that is to be done, in its order: bringing and comparing side by side, each row by itself with the machine to it alone. */
export const stagesOf = (plan: Plan): Stage[] => {
  const { options } = plan;
  const bring: Stage[] = options['no-bring'] ? [] : [() => bringing(plan)];
  if (options.bring) return bring;
  return [
    ...bring,
    ...(options['no-parity'] ? [] : [() => comparing(plan)]),
    ...(options['no-train'] ? [] : options.rows.map((row) => measuring(plan, row))),
  ];
};
