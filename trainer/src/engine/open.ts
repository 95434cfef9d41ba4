import { availableParallelism } from 'node:os';
import { CompiledEngine } from './compiled/engine.ts';
import type { ProviderName } from './compiled/provider.ts';
import type { Engine } from './engine.ts';
import { EngineError } from './engine-error.ts';
import { ReferenceEngine } from './reference.ts';

export { EngineError } from './engine-error.ts';

export type EngineOptions = {
  /** CPU threads; absent: as many as there are cores. */
  readonly threads?: number | undefined;
};

type Opener = (threads: number) => Promise<Engine>;

const compiled =
  (provider: ProviderName): Opener =>
  (threads) =>
    CompiledEngine.start(provider, threads);

/** Fastest first. */
const ENGINES: Readonly<Record<string, Opener>> = {
  'compiled-cuda': compiled('cuda'),
  'compiled-webgpu': compiled('webgpu'),
  'compiled-cpu': compiled('cpu'),
  reference: async () => new ReferenceEngine(),
};

const threadsOf = ({ threads }: EngineOptions): number => {
  if (threads === undefined) return availableParallelism();
  if (!Number.isInteger(threads) || threads < 1)
    throw new EngineError(`an engine needs a whole number of threads from 1 up, not ${threads}`);
  return threads;
};

/** Engines that start on this machine, fastest first. */
export const availableEngines = async (): Promise<string[]> => {
  const names: string[] = [];
  for (const [name, open] of Object.entries(ENGINES)) {
    try {
      const engine = await open(1);
      await engine.dispose();
      names.push(name);
    } catch (error) {
      if (!(error instanceof EngineError)) throw error;
    }
  }
  return names;
};

/**
 * Opens an engine by name; `auto` opens the fastest that starts here.
 *
 * @throws EngineError saying what to do, if there is no such engine or it does not start.
 */
export const openEngine = async (choice: string, options: EngineOptions = {}): Promise<Engine> => {
  const threads = threadsOf(options);
  const name = choice === 'auto' ? (await availableEngines())[0] : choice;
  const open = name === undefined ? undefined : ENGINES[name];
  if (open === undefined) throw new EngineError(`no engine is named ${choice}; there are auto, ${Object.keys(ENGINES).join(', ')}`);
  return open(threads);
};
