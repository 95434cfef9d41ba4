import type { Engine } from '../engine/engine.ts';
import { BATCH, benchmarkSubject } from './subject.ts';

/** What one engine reached on one network. */
export type Benchmark = {
  readonly engine: string;
  readonly model: string;
  readonly batchSize: number;
  /** Median milliseconds of a training step: forward, backward and update. */
  readonly stepMs: number;
  readonly compileMs: number;
  readonly measuredAt: string;
};

/** What a process that measured one engine says of it. */
export type Measured = { benchmarks: Benchmark[] } | { error: string };

/** The networks that machines are compared by: one of matrix products, one of convolutions. */
export const BENCHMARK_MODELS = ['mlp-1200-1200', 'resnet-8'] as const;

/** A network is measured for this long, and for one step at least. */
const LONGEST_MS = 1_500;
const MOST_STEPS = 40;
const WARM_UP = 2;

const timed = async (run: () => Promise<unknown>): Promise<number> => {
  const start = performance.now();
  await run();
  return performance.now() - start;
};

const median = (numbers: readonly number[]): number => {
  const sorted = numbers.toSorted((a, b) => a - b);
  const half = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? (sorted[half] as number) : ((sorted[half - 1] as number) + (sorted[half] as number)) / 2;
};

/** Steps until the time is up; the first ones warm caches and do not count, unless there are no others. */
const stepTimes = async (step: () => Promise<unknown>): Promise<number[]> => {
  const times: number[] = [];
  const end = performance.now() + LONGEST_MS;
  do times.push(await timed(step));
  while (performance.now() < end && times.length < WARM_UP + MOST_STEPS);
  return times.length > WARM_UP ? times.slice(WARM_UP) : times;
};

/** Trains each network for a moment on that engine. */
export const measureEngine = async (engine: Engine, models: readonly string[] = BENCHMARK_MODELS): Promise<Benchmark[]> => {
  const results: Benchmark[] = [];
  for (const model of models) {
    const subject = await benchmarkSubject(engine, { model, cohort: 1 });
    const stepMs = median(await stepTimes(subject.step)) / subject.stepsPerCall;
    await subject.dispose();
    const { compileMs } = subject;
    results.push({ engine: engine.name, model, batchSize: BATCH, stepMs, compileMs, measuredAt: new Date().toISOString() });
  }
  return results;
};
