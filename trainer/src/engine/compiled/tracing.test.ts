import { afterAll, describe, expect, it } from 'vitest';
import type { Signature, StepFunction } from '../engine.ts';
import { openEngine } from '../open.ts';
import { tf } from '../tf.ts';
import { traceStep } from './trace-step.ts';

const signature: Signature = { state: { w: { shape: [4, 3], dtype: 'float32' } }, inputs: { x: { shape: [2, 4], dtype: 'float32' } } };
const target = { block: 1 };
const traced = (step: StepFunction) => traceStep('step', signature, step, target);
const only = (tensor: tf.Tensor) => ({ state: {}, outputs: { y: tensor } });
const get = (tensors: Readonly<Record<string, tf.Tensor>>, name: string) => tensors[name] as tf.Tensor;

describe('tracing', () => {
  it('gives equal bytes for equal functions, dead nodes and all', () => {
    const step: StepFunction = ({ w }, { x }) => only(tf.softmax(tf.matMul(x as tf.Tensor2D, w as tf.Tensor2D)));
    const wordy: StepFunction = ({ w }, { x }) => {
      tf.exp(x as tf.Tensor);
      tf.matMul(x as tf.Tensor2D, w as tf.Tensor2D);
      return only(tf.softmax(tf.matMul(x as tf.Tensor2D, w as tf.Tensor2D)));
    };
    expect(Buffer.from(traced(step).model).equals(traced(step).model)).toBe(true);
    expect(traced(wordy).model.length).toBe(traced(step).model.length);
  });

  it('leaves the backend and the tensors of others as they were', () => {
    const backend = tf.getBackend();
    const mine = tf.tensor1d([1, 2]);
    const { numTensors } = tf.memory();
    traced(({ w }) => only(tf.relu(get({ w: w as tf.Tensor }, 'w'))));
    expect(() => traced(() => only(tf.topk(tf.zeros([2, 2])).values))).toThrow();
    expect(tf.getBackend()).toBe(backend);
    expect(tf.memory().numTensors).toBe(numTensors);
    expect([...mine.dataSync()]).toEqual([1, 2]);
    mine.dispose();
  });

  it('says what to do where a tensor is read', () => {
    expect(() => traced(({ w }) => only(tf.mul(w as tf.Tensor, tf.sum(w as tf.Tensor).dataSync()[0] as number)))).toThrow(
      /reads a tensor's numbers while the step is being compiled.*return it as an output/,
    );
  });

  it.each([
    ['randomUniform', (w: tf.Tensor) => tf.dropout(w, 0.5)],
    ['randomNormal', (w: tf.Tensor) => tf.add(w, tf.randomNormal(w.shape))],
    ['truncatedNormal', (w: tf.Tensor) => tf.add(w, tf.truncatedNormal(w.shape))],
  ] as const)('refuses what %s draws: it would be drawn once and for all', (operation, f) => {
    expect(() => traced(({ w }) => only(f(w as tf.Tensor)))).toThrow(
      `${operation} draws numbers while the step is being compiled: every call would use the same ones. Draw them outside`,
    );
  });

  it('names a kernel that is missing and the operation that asked for it', () => {
    expect(() => traced(({ w }) => only(tf.topk(w as tf.Tensor, 2).values))).toThrow(
      'the compiled engine has no kernel TopK, which topk asked for',
    );
  });

  // TensorFlow.js (4.22) leaves out of the one's gradient what was mirrored, and turns the other's around along the first axis.
  it.each([
    ['MirrorPad', 'mirrorPad', (w: tf.Tensor) => tf.mirrorPad(w, Array(w.rank).fill([1, 1]), 'reflect')],
    ['Cumsum', 'cumsum', (w: tf.Tensor) => tf.cumsum(w, 0)],
  ] as const)('has no kernel %s, whose gradient would be wrong', (kernel, operation, f) => {
    expect(() => traced(({ w }) => only(f(w as tf.Tensor)))).toThrow(`no kernel ${kernel}, which ${operation} asked for`);
  });

  it('refuses tensors from outside the step', () => {
    const outside = tf.tensor1d([1, 2, 3]);
    expect(() => traced(({ w }) => only(tf.mul(w as tf.Tensor, outside)))).toThrow(
      /tensor \[3\] from outside the step function. Make it inside/,
    );
    expect([...outside.dataSync()]).toEqual([1, 2, 3]);
    outside.dispose();
  });

  it('refuses a state of another shape than its signature', () => {
    expect(() => traced(({ w }) => ({ state: { w: tf.transpose(w as tf.Tensor) }, outputs: {} }))).toThrow(
      'state w as float32 [3, 4] instead of float32 [4, 3]',
    );
  });
});

describe('a compiled program', async () => {
  const engine = await openEngine('compiled-cpu', { threads: 1 });
  afterAll(() => engine.dispose());

  it('differentiates, also functions with gradients of their own', async () => {
    const doubled = tf.customGrad((x) => ({ value: tf.mul(x as tf.Tensor, 2), gradFunc: (dy: tf.Tensor) => tf.mul(dy, 5) }));
    const program = await engine.prepare('gradients', signature, ({ w }, { x }) => {
      const { value, grads } = tf.valueAndGrads((weights: tf.Tensor) =>
        tf.sum(doubled(tf.matMul(x as tf.Tensor2D, weights as tf.Tensor2D))),
      )([w as tf.Tensor]);
      return { state: {}, outputs: { value, gradient: grads[0] as tf.Tensor } };
    });
    const state = engine.createState({ w: { spec: { shape: [4, 3], dtype: 'float32' }, data: new Float32Array(12).fill(1) } });
    const { value, gradient } = await program.run(state, { x: new Float32Array(8).fill(1) });
    expect(value).toEqual(Float32Array.of(48));
    expect(gradient).toEqual(new Float32Array(12).fill(10));
  });

  it('keeps state between calls, exchanges entries, and gives inputs and constants back', async () => {
    const spec = { shape: [2], dtype: 'float32' } as const;
    const program = await engine.prepare('exchange', { state: { a: spec, b: spec }, inputs: { x: spec } }, ({ a, b }, { x }) => ({
      state: { a: b as tf.Tensor, b: a as tf.Tensor },
      outputs: { x: x as tf.Tensor, seven: tf.fill([2], 7), again: x as tf.Tensor },
    }));
    const state = engine.createState({ a: { spec, data: Float32Array.of(1, 2) }, b: { spec, data: Float32Array.of(3, 4) } });
    const outputs = await program.run(state, { x: Float32Array.of(5, 6) });
    expect(outputs).toEqual({ x: Float32Array.of(5, 6), seven: Float32Array.of(7, 7), again: Float32Array.of(5, 6) });
    expect(await state.read()).toEqual({ a: Float32Array.of(3, 4), b: Float32Array.of(1, 2) });
    await program.run(state, { x: Float32Array.of(5, 6) });
    await program.run(state, { x: Float32Array.of(5, 6) });
    expect(await state.read(['a'])).toEqual({ a: Float32Array.of(3, 4) });
    await state.write({ a: Float32Array.of(8, 9) });
    await program.run(state, { x: Float32Array.of(5, 6) });
    expect(await state.read(['b'])).toEqual({ b: Float32Array.of(8, 9) });
  });

  it('hands whole numbers in and out', async () => {
    const spec = { shape: [3], dtype: 'int32' } as const;
    const program = await engine.prepare('integers', { state: {}, inputs: { i: spec } }, (_state, { i }) =>
      only(tf.add(i as tf.Tensor, tf.scalar(1, 'int32'))),
    );
    expect(await program.run(engine.createState({}), { i: Int32Array.of(1, 2, 3) })).toEqual({ y: Int32Array.of(2, 3, 4) });
  });

  it('is unusable once disposed, and knows a state of another engine', async () => {
    const program = await engine.prepare('gone', { state: {}, inputs: {} }, () => only(tf.zeros([1])));
    const other = await openEngine('reference');
    await expect(program.run(other.createState({}), {})).rejects.toThrow('gone: this state belongs to another engine');
    await program.dispose();
    await expect(program.run(engine.createState({}), {})).rejects.toThrow('gone was disposed');
  });
});
