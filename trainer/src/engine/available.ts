import { availableParallelism } from 'node:os';
import type { EngineName } from '@studyhall/contract/fleet/engines.ts';
import { isInstalled } from './compiled/installed.ts';
import { probe } from './compiled/probe.ts';
import { EngineError } from './engine-error.ts';
import { COMPILED_NAMES, CUDA_STEPS, MOST_STEPS_PER_CALL, PROVIDERS, REFERENCE } from './names.ts';
import { isInPlace } from './tensorflow/place.ts';
import { tryTensorFlow } from './tensorflow/try.ts';

export type EngineOptions = {
  /** CPU threads; absent: as many as there are cores. */
  readonly threads?: number | undefined;
  /** Training steps that a compiled engine takes in one call; absent: what the variable says for CUDA, else one. */
  readonly stepsPerCall?: number | undefined;
};

/** @throws EngineError unless they are a whole number from 1 up. */
export const threadsOf = ({ threads }: EngineOptions): number => {
  if (threads === undefined) return availableParallelism();
  if (!Number.isInteger(threads) || threads < 1) throw new EngineError(`threads must be a whole number from 1 up, not ${threads}`);
  return threads;
};

/** @throws EngineError unless they are a whole number that makes sense, on an engine whose state leaves the device between calls. */
export const stepsPerCallOf = (name: EngineName, { stepsPerCall }: EngineOptions): number => {
  const steps = stepsPerCall ?? Number((name === 'compiled-cuda' && process.env[CUDA_STEPS]) || 1);
  if (!Number.isInteger(steps) || steps < 1 || steps > MOST_STEPS_PER_CALL)
    throw new EngineError(`training steps in one call must be a whole number from 1 to ${MOST_STEPS_PER_CALL}, not ${steps}`);
  if (steps > 1 && name !== 'compiled-cuda' && name !== 'compiled-cpu')
    throw new EngineError(
      `${name} takes one training step in a call: several are for compiled-cuda, whose state leaves the card between calls`,
    );
  return steps;
};

/** Compiled engines whose files are here, with the time of some convolutions where there is a choice to make. */
const compiled = async (threads: number, choice: boolean): Promise<{ name: EngineName; ms: number }[]> => {
  const timed: { name: EngineName; ms: number }[] = [];
  for (const name of COMPILED_NAMES) {
    const provider = PROVIDERS[name];
    if (!isInstalled(provider)) continue;
    if (provider === 'cpu' && timed.length === 0 && !choice) return [{ name, ms: 0 }];
    const result = await probe(provider, threads);
    if ('ms' in result) timed.push({ name, ms: result.ms });
  }
  return timed.sort((a, b) => a.ms - b.ms);
};

/**
 * Engines that `auto` may open, fastest first. TensorFlow on a GPU comes after compiled engines that beat the CPU, however fast its
 * convolutions are: it starts every operation of a step by itself, and they start a whole step at once.
 */
const ranked = async (threads: number): Promise<EngineName[]> => {
  const gpu = isInPlace('tfjs-node-gpu') ? await tryTensorFlow('tfjs-node-gpu', threads) : null;
  const works = gpu !== null && 'ms' in gpu;
  const timed = await compiled(threads, works);
  const names = timed.map(({ name }) => name);
  if (!works) return names;
  const cpu = timed.findIndex(({ name }) => name === 'compiled-cpu');
  const faster = cpu < 0 || gpu.ms < (timed[cpu] as { ms: number }).ms;
  return names.toSpliced(faster && cpu >= 0 ? cpu : names.length, 0, 'tfjs-node-gpu');
};

const known = new Map<number, Promise<EngineName[]>>();

/** Each GPU is tried, and timed against the CPU, in a process of its own; once. */
const automatic = (threads: number): Promise<EngineName[]> => {
  const found = known.get(threads) ?? ranked(threads);
  known.set(threads, found);
  return found;
};

/** The engine that `auto` opens. */
export const fastestEngine = async (options: EngineOptions = {}): Promise<EngineName> =>
  (await automatic(threadsOf(options)))[0] ?? REFERENCE;

/** Engines that work on this machine, fastest first; those last that are to be asked for by name. Loads no TensorFlow.js: every trainer asks this when it starts. */
export const availableEngines = async (options: EngineOptions = {}): Promise<EngineName[]> => {
  const threads = threadsOf(options);
  const names = await automatic(threads);
  const byName = isInPlace('tfjs-node') && 'ms' in (await tryTensorFlow('tfjs-node', threads)) ? (['tfjs-node'] as const) : [];
  return [...names, ...byName, REFERENCE];
};
