import { afterAll, beforeAll, expect, it } from 'vitest';
import { CompiledEngine } from '../engine/compiled/engine.ts';
import { startProvider } from '../engine/compiled/provider.ts';
import { watched } from '../engine/watched.ts';
import { TrainingStopped } from './failure.ts';
import { Bench, outcome, taught, training } from './testing/bench.ts';
import { Recorder } from './testing/recorder.ts';

let bench: Bench;
let single: CompiledEngine;
let several: CompiledEngine;
beforeAll(async () => {
  bench = await Bench.open();
  // As graphs are for CUDA: the state comes and goes whole.
  const provider = { ...(await startProvider('cpu', 1)), views: false };
  single = new CompiledEngine(provider);
  several = new CompiledEngine({ ...provider, stepsPerCall: 4 });
});
afterAll(async () => {
  await single.dispose();
  await several.dispose();
  await bench.remove();
});

it.each(['FLOAT32', 'MIXED_FLOAT16'])(
  'a run in calls of four steps comes out as in calls of one, also after a stop between two calls (%s)',
  async (precision) => {
    const spec = {
      ...taught,
      networks: [{ model: 'cnn-2', dropout: 0.3 }, { model: 'mlp-6' }],
      training: { ...training, epochs: 2, precision },
    };
    const whole = await bench.run(bench.job(spec), single);
    const controller = new AbortController();
    const stopping = new Recorder();
    const engine = watched(several);
    let calls = 0;
    const counting = {
      ...engine,
      prepare: async (...args: Parameters<typeof engine.prepare>) => {
        const program = await engine.prepare(...args);
        const { several: steps } = program;
        if (steps === undefined) return program;
        const run = (...call: Parameters<typeof steps.run>) => {
          // The first of six steps' two calls in an epoch of the cohort.
          if (++calls === 7) controller.abort();
          return steps.run(...call);
        };
        return { ...program, several: { ...steps, run } };
      },
    };
    await expect(bench.run(bench.job(spec), counting, stopping, controller.signal)).rejects.toThrow(
      new TrainingStopped('stopped in epoch 2 after 4 of 6 steps'),
    );
    const { file, epoch } = stopping.checkpoints.at(-1) as (typeof stopping.checkpoints)[0];
    const after = await bench.run(bench.job(spec, { checkpoint: { epoch, path: file.path } }), engine);
    expect(outcome(after)).toEqual(outcome(whole));
    expect([...stopping.numbers, ...after.recorder.numbers]).toEqual(whole.recorder.numbers);
  },
);
