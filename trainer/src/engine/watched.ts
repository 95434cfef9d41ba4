import { alive } from '../alive.ts';
import type { Engine, Program } from './engine.ts';

/** The same engine, which gives a sign of life around everything it makes ready and every batch it computes, whatever that is for. */
export const watched = (engine: Engine): Engine => ({
  name: engine.name,
  fingerprint: engine.fingerprint,
  createState: (entries) => engine.createState(entries),
  dispose: () => engine.dispose(),
  prepare: async (name, signature, step) => {
    alive();
    const program = await engine.prepare(name, signature, step);
    alive();
    return watchedProgram(program);
  },
});

const watchedProgram = (program: Program): Program => ({
  compileMs: program.compileMs,
  dispose: () => program.dispose(),
  run: async (state, inputs) => {
    alive();
    const outputs = await program.run(state, inputs);
    alive();
    return outputs;
  },
});
