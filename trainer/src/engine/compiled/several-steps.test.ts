import { afterAll, describe, expect, it } from 'vitest';
import type { StepFunction, TensorData } from '../engine.ts';
import { tf } from '../tf.ts';
import { CompiledEngine } from './engine.ts';
import { startProvider } from './provider.ts';
import { randomNumbers } from './testing/run.ts';

const spec = (...shape: number[]) => ({ shape, dtype: 'float32' }) as const;

const signature = {
  state: { filter: spec(3, 3, 2, 4), velocity: spec(3, 3, 2, 4), teacher: spec(4), unused: spec(2), seen: { shape: [], dtype: 'int32' } },
  inputs: { x: spec(5, 8, 8, 2), rate: spec(), numbers: { shape: [5], dtype: 'int32' } },
} as const;

/** A step that reads state and leaves it, replaces what it read and what it did not, and counts in whole numbers. */
const step: StepFunction = ({ filter, velocity, teacher, seen }, { x, rate, numbers }) => {
  const loss = (weights: tf.Tensor) => {
    const y = tf.relu(tf.conv2d(x as tf.Tensor4D, weights as tf.Tensor4D, 1, 'same'));
    return tf.mean(tf.squaredDifference(tf.mean(y, [0, 1, 2]), teacher as tf.Tensor)) as tf.Scalar;
  };
  const { value, grad } = tf.valueAndGrad(loss)(filter as tf.Tensor);
  const next = tf.add(tf.mul(velocity as tf.Tensor, 0.9), grad);
  const replaced = { filter: tf.sub(filter as tf.Tensor, tf.mul(next, rate as tf.Tensor)), velocity: next, unused: tf.fill([2], 3) };
  const count = tf.add(seen as tf.Tensor, tf.sum(numbers as tf.Tensor));
  return { state: { ...replaced, seen: count }, outputs: { loss: value, count } };
};

const entries = Object.fromEntries(
  Object.entries(signature.state).map(([name, own], index) => {
    const data =
      own.dtype === 'int32'
        ? Int32Array.of(7)
        : randomNumbers(
            own.shape.reduce((a: number, b: number) => a * b, 1),
            index + 1,
          );
    return [name, { spec: own, data }];
  }),
);

const inputsAt = (index: number): Record<string, TensorData> => ({
  x: randomNumbers(5 * 8 * 8 * 2, 20 + index),
  rate: Float32Array.of(0.5 / (index + 1)),
  numbers: Int32Array.from({ length: 5 }, (_, k) => k + index),
});

describe('several steps in one call', async () => {
  // As graphs are for CUDA: the state comes and goes whole.
  const provider = { ...(await startProvider('cpu', 1)), block: 1, views: false };
  const [single, several] = [new CompiledEngine(provider), new CompiledEngine({ ...provider, stepsPerCall: 4 })];
  afterAll(async () => {
    await single.dispose();
    await several.dispose();
  });

  it('are those that single calls take, bit for bit, in calls of any length', async () => {
    const [one, many] = [await single.prepare('one', signature, step), await several.prepare('many', signature, step)];
    const [expected, state] = [single.createState(entries), several.createState(entries)];
    const outputs = [];
    for (let index = 0; index < 7; index++) outputs.push(await one.run(expected, inputsAt(index)));
    expect([one.several, many.several?.most]).toEqual([undefined, 4]);
    const first = await many.several?.run(state, [0, 1, 2, 3].map(inputsAt));
    const then = await many.several?.run(state, [4, 5].map(inputsAt));
    const last = await many.run(state, inputsAt(6));
    expect([...(first ?? []), ...(then ?? []), last]).toEqual(outputs);
    expect(await state.read()).toEqual(await expected.read());
  });

  it('are refused with what does not fit, which is named, and leave the state as it was', async () => {
    const many = await several.prepare('many', signature, step);
    const state = several.createState(entries);
    const wrong = { ...inputsAt(1), rate: new Float32Array(2) };
    await expect(many.several?.run(state, [inputsAt(0), wrong])).rejects.toThrow('many: input rate must hold 1 numbers');
    expect((await state.read()).seen).toEqual(Int32Array.of(7));
  });

  it('are for programs that replace state: others are called as ever', async () => {
    const program = await several.prepare('sum', { state: {}, inputs: { x: spec(3) } }, (_state, { x }) => ({
      state: {},
      outputs: { sum: tf.sum(x as tf.Tensor) },
    }));
    expect(program.several).toBeUndefined();
    expect(await program.run(several.createState({}), { x: Float32Array.of(1, 2, 3) })).toEqual({ sum: Float32Array.of(6) });
  });
});
