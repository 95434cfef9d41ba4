import ort from 'onnxruntime-node';
import { afterAll, describe, expect, it } from 'vitest';
import { cut, flattenAll, unflatten } from '../../nn/flat.ts';
import type { Engine, Signature, StepFunction, TensorData } from '../engine.ts';
import { openEngine } from '../open.ts';
import { tf } from '../tf.ts';
import { CompiledEngine } from './engine.ts';
import { Graph } from './graph/graph.ts';
import { serialize } from './graph/serialize.ts';
import { startProvider } from './provider.ts';
import { SEQUENCE } from './run-zero-copy.ts';
import { distance, rounding } from './testing/parity.ts';
import { randomNumbers } from './testing/run.ts';
import { traceStep } from './trace-step.ts';

/** Two layers, with short vectors before, between and behind their weights; the first one's gradient is computed some rows at a time. */
const INPUTS = 1300;
const LAYERS = [{ shape: [3] }, { shape: [INPUTS, 600] }, { shape: [600] }, { shape: [600] }, { shape: [600, 450] }, { shape: [450] }];
const COUNT = 3 + INPUTS * 600 + 600 + 600 + 600 * 450 + 450;

const signature: Signature = {
  state: { weights: { shape: [COUNT], dtype: 'float32' }, velocity: { shape: [COUNT], dtype: 'float32' } },
  inputs: { x: { shape: [4, INPUTS], dtype: 'float32' }, rate: { shape: [], dtype: 'float32' } },
};

const loss = ([scale, first, bias, slope, second, offset]: tf.Tensor[], x: tf.Tensor): tf.Scalar => {
  const hidden = tf.mul(tf.add(tf.matMul(x as tf.Tensor2D, first as tf.Tensor2D), bias as tf.Tensor), slope as tf.Tensor);
  const outputs = tf.add(tf.matMul(tf.tanh(hidden as tf.Tensor2D), second as tf.Tensor2D), offset as tf.Tensor);
  return tf.add(tf.mean(tf.square(outputs)), tf.sum(tf.square(scale as tf.Tensor))) as tf.Scalar;
};

/** A step with Nesterov's momentum on flat vectors, as training makes it. */
const step: StepFunction = (state, { x, rate }) => {
  const weights = state.weights as tf.Tensor;
  const { value, grads } = tf.valueAndGrads((...tensors: tf.Tensor[]) => loss(tensors, x as tf.Tensor))(unflatten(weights, LAYERS));
  const gradient = tf.add(flattenAll(grads), tf.mul(weights, 0.01));
  const velocity = tf.add(tf.mul(state.velocity as tf.Tensor, 0.9), gradient);
  const change = tf.add(gradient, tf.mul(velocity, 0.9));
  return { state: { weights: tf.sub(weights, tf.mul(change, rate as tf.Tensor)), velocity }, outputs: { loss: value } };
};

const run = async (engine: Engine, made: StepFunction, steps: number) => {
  const program = await engine.prepare('views', signature, made);
  const entry = (seed: number) => ({ spec: { shape: [COUNT], dtype: 'float32' } as const, data: randomNumbers(COUNT, seed, -0.1, 0.1) });
  const state = engine.createState({ weights: entry(1), velocity: entry(2) });
  let outputs: Record<string, TensorData> = {};
  for (let k = 0; k < steps; k++) outputs = await program.run(state, { x: randomNumbers(4 * INPUTS, 10 + k), rate: Float32Array.of(0.1) });
  const result: Record<string, TensorData> = { ...(await state.read()), ...outputs };
  state.dispose();
  await program.dispose();
  return result;
};

describe('a state of long and short parts', async () => {
  const engine = await openEngine('compiled-cpu', { threads: 1 });
  const reference = await openEngine('reference');
  afterAll(() => engine.dispose());

  const expectParity = async (made: StepFunction) => {
    const steps = 2;
    const [own, expected] = [await run(engine, made, steps), await run(reference, made, steps)];
    for (const name of ['weights', 'velocity']) {
      // About ten operations a step on numbers below 0.3; the gradients, where the long sums are, are a hundredth of that.
      expect(distance(own[name] as Float32Array, expected[name] as Float32Array)).toBeLessThan(steps * rounding(10, 0.3));
      expect(own[name]).not.toEqual(randomNumbers(COUNT, name === 'weights' ? 1 : 2, -0.1, 0.1));
    }
    if (expected.loss !== undefined) {
      expect(distance(own.loss as TensorData, expected.loss)).toBeLessThan(rounding(INPUTS));
    }
  };

  it('is updated as the reference updates it', () => expectParity(step));

  it('is updated alike where parts of the next state are used within the step', () =>
    expectParity((state, inputs) => {
      const first = step(state, inputs);
      const second = step(first.state, inputs);
      return { state: { weights: second.state.weights as tf.Tensor, velocity: first.state.velocity as tf.Tensor }, outputs: {} };
    }));

  it('is updated bit for bit as a state without views', async () => {
    const whole = new CompiledEngine({ ...(await startProvider('cpu', 1)), views: false });
    const [own, expected] = [await run(engine, step, 3), await run(whole, step, 3)];
    for (const name of ['weights', 'velocity', 'loss']) expect(distance(own[name] as TensorData, expected[name] as TensorData)).toBe(0);
    await whole.dispose();
  });

  it('exchanges and shifts its parts', () =>
    expectParity(({ weights, velocity }) => {
      const parts = cut(weights as tf.Tensor, [7, 400_000, COUNT - 400_007]);
      return { state: { weights: velocity as tf.Tensor, velocity: tf.concat([...parts].reverse()) }, outputs: {} };
    }));

  it('is read before it is written over, by whatever reads it', () =>
    expectParity((state, inputs) => {
      const { state: next } = step(state, inputs);
      const before = tf.mean(tf.square(tf.sub(state.weights as tf.Tensor, tf.mul(state.velocity as tf.Tensor, 2))));
      return { state: next, outputs: { loss: before } };
    }));

  it('donates its buffers where all that reads them comes first, and not where entries are exchanged', () => {
    const donated = (made: StepFunction) => traceStep('step', signature, made, { block: 1, views: true }).donated;
    expect(donated(step)).toEqual(['weights', 'velocity']);
    expect(
      donated(({ weights, velocity }) => ({ state: { weights: velocity as tf.Tensor, velocity: weights as tf.Tensor }, outputs: {} })),
    ).toEqual([]);
    const shifted: StepFunction = ({ weights }) => ({
      state: { weights: tf.concat(cut(weights as tf.Tensor, [7, COUNT - 7]).reverse()) },
      outputs: {},
    });
    expect(donated(shifted)).toEqual([]);
  });

  it('is neither split nor concatenated by the graph where parts are long', () => {
    const { reads, writes } = traceStep('step', signature, step, { block: 1, views: true });
    const lengths = ({ shape }: { shape: readonly number[] }) => shape.reduce((product, extent) => product * extent, 1);
    const written = [3, 874 * 600, 426 * 600 + 600 + 600, 600 * 450, 450];
    expect(writes.map(lengths)).toEqual([...written, ...written]);
    expect(reads.some((view) => lengths(view) === COUNT)).toBe(false);
    expect(traceStep('step', signature, step, { block: 1 }).writes.map(lengths)).toEqual([COUNT, COUNT]);
  });
});

describe('onnxruntime-node', () => {
  it('still refuses sequences, by which runs end before their outputs are copied', async () => {
    const graph = new Graph();
    const x = graph.input('x', [2], 'float32');
    graph.output('y', graph.add('Neg', [x], x));
    const session = await ort.InferenceSession.create(serialize(graph, SEQUENCE), { logSeverityLevel: 3 });
    const y = new ort.Tensor('float32', new Float32Array(2), [2]);
    const feeds = { x: new ort.Tensor('float32', Float32Array.of(1, 2), [2]) };
    await expect(session.run(feeds, { [SEQUENCE]: null, y })).rejects.toThrow(/^Non tensor type .*not supported/);
    expect(y.data).toEqual(Float32Array.of(-1, -2));
    await session.release();
  });
});
