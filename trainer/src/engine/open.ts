import { availableParallelism } from 'node:os';
import { CompiledEngine } from './compiled/engine.ts';
import { isInstalled } from './compiled/installed.ts';
import { probe } from './compiled/probe.ts';
import type { ProviderName } from './compiled/provider.ts';
import type { Engine } from './engine.ts';
import { EngineError } from './engine-error.ts';
import { ReferenceEngine } from './reference.ts';

export { EngineError } from './engine-error.ts';

export type EngineOptions = {
  /** CPU threads; absent: as many as there are cores. */
  readonly threads?: number | undefined;
};

const PROVIDERS: Readonly<Record<string, ProviderName>> = { 'compiled-cuda': 'cuda', 'compiled-webgpu': 'webgpu', 'compiled-cpu': 'cpu' };
const REFERENCE = 'reference';

const threadsOf = ({ threads }: EngineOptions): number => {
  if (threads === undefined) return availableParallelism();
  if (!Number.isInteger(threads) || threads < 1)
    throw new EngineError(`an engine needs a whole number of threads from 1 up, not ${threads}`);
  return threads;
};

/** Providers whose files are here, with the time of some convolutions where there is a choice to make. */
const ranked = async (threads: number): Promise<string[]> => {
  const installed = Object.entries(PROVIDERS).filter(([, provider]) => isInstalled(provider));
  const timed: { name: string; ms: number }[] = [];
  for (const [name, provider] of installed) {
    if (provider === 'cpu' && timed.length === 0) return [name];
    const result = await probe(provider, threads);
    if ('ms' in result) timed.push({ name, ms: result.ms });
  }
  return timed.sort((a, b) => a.ms - b.ms).map(({ name }) => name);
};

const known = new Map<number, Promise<string[]>>();

/** Engines that work on this machine, fastest first. Each GPU is tried, and timed against the CPU, in a process of its own; once. */
export const availableEngines = async (options: EngineOptions = {}): Promise<string[]> => {
  const threads = threadsOf(options);
  const found = known.get(threads) ?? ranked(threads);
  known.set(threads, found);
  return [...(await found), REFERENCE];
};

/**
 * Opens an engine by name; `auto` opens the fastest that works here.
 *
 * @throws EngineError saying what to do, if there is no such engine or it does not start.
 */
export const openEngine = async (choice: string, options: EngineOptions = {}): Promise<Engine> => {
  const threads = threadsOf(options);
  const name = choice === 'auto' ? (await availableEngines(options))[0] : choice;
  if (name === REFERENCE) return new ReferenceEngine();
  const provider = PROVIDERS[name ?? ''];
  if (provider === undefined)
    throw new EngineError(`no engine is named ${choice}; there are auto, ${[...Object.keys(PROVIDERS), REFERENCE].join(', ')}`);
  return CompiledEngine.start(provider, threads);
};
