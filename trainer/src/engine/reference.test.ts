import { describe, expect, it } from 'vitest';
import type { Signature, StepFunction } from './engine.ts';
import { ReferenceEngine } from './reference.ts';
import { tf } from './tf.ts';

const signature: Signature = {
  state: { w: { shape: [2], dtype: 'float32' }, unused: { shape: [1], dtype: 'float32' } },
  inputs: { x: { shape: [3, 2], dtype: 'float32' }, rate: { shape: [], dtype: 'float32' } },
};

/** One step of gradient descent on mean((x·w)²). */
const step: StepFunction = ({ w }, { x, rate }) => {
  const loss = (weights: tf.Tensor) => tf.mean(tf.square(tf.sum(tf.mul(x as tf.Tensor, weights), 1))) as tf.Scalar;
  const { value, grad } = tf.valueAndGrad(loss)(w as tf.Tensor);
  return { state: { w: tf.sub(w as tf.Tensor, tf.mul(grad, rate as tf.Tensor)) }, outputs: { loss: value } };
};

const initial = () => ({
  w: { spec: signature.state.w ?? { shape: [], dtype: 'float32' as const }, data: new Float32Array([1, -1]) },
  unused: { spec: { shape: [1], dtype: 'float32' as const }, data: new Float32Array([7]) },
});

const inputs = { x: new Float32Array([1, 0, 0, 1, 1, 1]), rate: new Float32Array([0.3]) };

describe('the reference engine', () => {
  it('replaces the entries that the step returns and keeps the others', async () => {
    const engine = new ReferenceEngine();
    const program = await engine.prepare('descent', signature, step);
    const state = engine.createState(initial());
    const { loss } = await program.run(state, inputs);
    expect(loss?.[0]).toBeCloseTo(2 / 3, 6);
    // d/dw mean((x·w)²) at (1, −1) = 2/3 · (1, −1)
    expect([...((await state.read()).w ?? [])]).toEqual([expect.closeTo(0.8, 6), expect.closeTo(-0.8, 6)]);
    expect((await state.read(['unused'])).unused).toEqual(new Float32Array([7]));
    state.dispose();
  });

  it('leaves no tensors behind', async () => {
    const engine = new ReferenceEngine();
    const program = await engine.prepare('descent', signature, step);
    const before = tf.memory().numTensors;
    const state = engine.createState(initial());
    await program.run(state, inputs);
    const after = tf.memory().numTensors;
    for (let call = 0; call < 3; call++) await program.run(state, inputs);
    expect(tf.memory().numTensors).toBe(after);
    state.dispose();
    expect(tf.memory().numTensors).toBe(before);
  });

  it('names what does not fit', async () => {
    const engine = new ReferenceEngine();
    const program = await engine.prepare('descent', signature, step);
    const state = engine.createState(initial());
    await expect(program.run(state, { ...inputs, x: new Float32Array(5) })).rejects.toThrow(
      'descent: input x must hold 6 numbers (float32 [3, 2])',
    );
    await expect(program.run(state, { ...inputs, y: new Float32Array(5) })).rejects.toThrow('descent has no input y; it has x, rate');
    await expect(state.write({ v: new Float32Array(1) })).rejects.toThrow('this state holds no v; it holds w, unused');
    const wide = await engine.prepare('wide', signature, () => ({ state: { w: tf.zeros([3]) }, outputs: {} }));
    await expect(wide.run(state, inputs)).rejects.toThrow('wide returned the state w as float32 [3] instead of float32 [2]');
  });
});
