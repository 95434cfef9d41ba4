import type { Engine } from './engine.ts';
import { ReferenceEngine } from './reference.ts';

/** An engine that does not exist, is not installed, or does not start on this machine. */
export class EngineError extends Error {
  override name = 'EngineError';
}

export type EngineOptions = {
  /** CPU threads; absent: as many as there are cores. */
  readonly threads?: number | undefined;
};

type Opener = (options: EngineOptions) => Promise<Engine>;

/** Fastest first. */
const ENGINES: Readonly<Record<string, Opener>> = {
  reference: async () => new ReferenceEngine(),
};

/** Engines that work on this machine, fastest first. */
export const availableEngines = async (): Promise<string[]> => Object.keys(ENGINES);

/**
 * Opens an engine by name; `auto` opens the fastest that works here.
 *
 * @throws EngineError saying what to do, if there is no such engine or it does not start.
 */
export const openEngine = async (choice: string, options: EngineOptions = {}): Promise<Engine> => {
  const name = choice === 'auto' ? (await availableEngines())[0] : choice;
  const open = name === undefined ? undefined : ENGINES[name];
  if (open === undefined) throw new EngineError(`no engine is named ${choice}; there are auto, ${Object.keys(ENGINES).join(', ')}`);
  return open(options);
};
