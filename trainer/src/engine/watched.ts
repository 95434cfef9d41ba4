import { alive } from '../alive.ts';
import type { Engine, Program, SeveralSteps } from './engine.ts';

/** The same engine, which gives a sign of life around everything it makes ready and every batch it computes, whatever that is for. */
export const watched = (engine: Engine): Engine => ({
  name: engine.name,
  fingerprint: engine.fingerprint,
  createState: (entries) => engine.createState(entries),
  dispose: () => engine.dispose(),
  prepare: async (name, signature, step) => watchedProgram(await around(() => engine.prepare(name, signature, step))),
});

const around = async <T>(work: () => Promise<T>): Promise<T> => {
  alive();
  const result = await work();
  alive();
  return result;
};

const watchedProgram = (program: Program): Program => ({
  compileMs: program.compileMs,
  dispose: () => program.dispose(),
  run: (state, inputs) => around(() => program.run(state, inputs)),
  ...(program.several === undefined ? {} : { several: watchedSteps(program.several) }),
});

const watchedSteps = (several: SeveralSteps): SeveralSteps => ({
  most: several.most,
  run: (state, inputs) => around(() => several.run(state, inputs)),
});
