import { availableParallelism } from 'node:os';
import { isInstalled } from './compiled/installed.ts';
import { probe } from './compiled/probe.ts';
import { EngineError } from './engine-error.ts';
import { COMPILED_NAMES, type EngineName, PROVIDERS, REFERENCE } from './names.ts';

export type EngineOptions = {
  /** CPU threads; absent: as many as there are cores. */
  readonly threads?: number | undefined;
};

/** @throws EngineError unless they are a whole number from 1 up. */
export const threadsOf = ({ threads }: EngineOptions): number => {
  if (threads === undefined) return availableParallelism();
  if (!Number.isInteger(threads) || threads < 1) throw new EngineError(`threads must be a whole number from 1 up, not ${threads}`);
  return threads;
};

/** Compiled engines whose files are here, with the time of some convolutions where there is a choice to make. */
const ranked = async (threads: number): Promise<EngineName[]> => {
  const timed: { name: EngineName; ms: number }[] = [];
  for (const name of COMPILED_NAMES) {
    const provider = PROVIDERS[name];
    if (!isInstalled(provider)) continue;
    if (provider === 'cpu' && timed.length === 0) return [name];
    const result = await probe(provider, threads);
    if ('ms' in result) timed.push({ name, ms: result.ms });
  }
  return timed.sort((a, b) => a.ms - b.ms).map(({ name }) => name);
};

const known = new Map<number, Promise<EngineName[]>>();

/**
 * Engines that work on this machine, fastest first. Each GPU is tried, and timed against the CPU, in a process of its own; once. Loads no
 * TensorFlow.js: every trainer asks this when it starts.
 */
export const availableEngines = async (options: EngineOptions = {}): Promise<EngineName[]> => {
  const threads = threadsOf(options);
  const found = known.get(threads) ?? ranked(threads);
  known.set(threads, found);
  return [...(await found), REFERENCE];
};
