import { afterAll, describe, expect, it } from 'vitest';
import type { Signature, StepFunction } from '../engine.ts';
import { openEngine } from '../open.ts';
import { tf } from '../tf.ts';
import { CompiledEngine } from './engine.ts';
import { startProvider } from './provider.ts';

const WIDTH = 256;
const signature: Signature = {
  state: { w: { shape: [WIDTH, WIDTH], dtype: 'float32' } },
  inputs: { x: { shape: [8, WIDTH], dtype: 'float32' } },
};

const step: StepFunction = ({ w }, { x }) => {
  const { value, grads } = tf.valueAndGrads((weights: tf.Tensor) =>
    tf.mean(tf.square(tf.matMul(x as tf.Tensor2D, weights as tf.Tensor2D))),
  )([w as tf.Tensor]);
  return { state: { w: tf.sub(w as tf.Tensor, tf.mul(grads[0] as tf.Tensor, 0.01)) }, outputs: { loss: value } };
};

const initial = () => ({
  w: { spec: { shape: [WIDTH, WIDTH], dtype: 'float32' } as const, data: new Float32Array(WIDTH * WIDTH).fill(0.01) },
});

const megabytes = () => process.memoryUsage().rss / 2 ** 20;

describe('memory of the compiled engine', async () => {
  const engine = await openEngine('compiled-cpu', { threads: 1 });
  afterAll(() => engine.dispose());

  it('is flat over 1,000 steps', async () => {
    const program = await engine.prepare('flat', signature, step);
    const state = engine.createState(initial());
    const inputs = { x: new Float32Array(8 * WIDTH).fill(1) };
    const run = async (steps: number) => {
      for (let k = 0; k < steps; k++) await program.run(state, inputs);
    };
    await run(300);
    const before = megabytes();
    const tensors = tf.memory().numTensors;
    await run(1000);
    // A step that kept its state would have added 0.25 MB each time.
    expect(megabytes() - before).toBeLessThan(25);
    expect(tf.memory().numTensors).toBe(tensors);
    await program.dispose();
  });

  it("comes back when a program is disposed: its session's native memory", async () => {
    // Each step another function: equal ones would share a session, of which a few stay for the next run.
    const cycle = async (k: number) => {
      const program = await engine.prepare('cycle', signature, (state, inputs) => {
        const { state: next, outputs } = step(state, inputs);
        return { state: next, outputs: { loss: tf.mul(outputs.loss as tf.Tensor, 1 + k) } };
      });
      const state = engine.createState(initial());
      await program.run(state, { x: new Float32Array(8 * WIDTH) });
      state.dispose();
      await program.dispose();
    };
    for (let k = 0; k < 10; k++) await cycle(k);
    const before = megabytes();
    for (let k = 10; k < 70; k++) await cycle(k);
    // A session that stayed would have kept its arena: more than 1 MB each.
    expect(megabytes() - before).toBeLessThan(30);
  });
});

describe('a step that does not fit into memory', () => {
  it('is refused with what it needs, before native code could run out', async () => {
    const small = new CompiledEngine(await startProvider('cpu', 1), 2 ** 18);
    // The weights alone are 256 · 256 numbers of 4 bytes: 2^18.
    await expect(small.prepare('wide', signature, step)).rejects.toThrow(
      /wide needs at least 0\.0 GiB of memory, and this machine has 0\.0 GiB: take a smaller batch, narrower networks or fewer of them/,
    );
    await small.dispose();
  });
});
