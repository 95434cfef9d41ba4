import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { eager } from './eager.ts';
import type { Engine, Signature, StepFunction } from './engine.ts';
import { EngineError } from './engine-error.ts';
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
    const engine = eager('cpu');
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
    const engine = eager('cpu');
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

  it('hands out large outputs without walking through their numbers', async () => {
    const wide: Signature = { state: {}, inputs: { x: { shape: [2], dtype: 'float32' } } };
    const engine = eager('cpu');
    const program = await engine.prepare('wide', wide, (_state, { x }) => ({ state: {}, outputs: { y: x as tf.Tensor } }));
    // What a scope returns is looked through for tensors.
    const returned = vi.spyOn(tf.engine(), 'endScope');
    const { y } = await program.run(engine.createState({}), { x: Float32Array.of(2, 3) });
    expect(returned.mock.calls.at(-1)?.[0]).toBeUndefined();
    returned.mockRestore();
    expect(y).toEqual(Float32Array.of(2, 3));
  });

  it('names what does not fit', async () => {
    const engine = eager('cpu');
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

describe('the eager engine on another backend', () => {
  const BACKEND = 'another-cpu';
  const made = tf.findBackendFactory('cpu');
  beforeAll(() => {
    tf.registerBackend(BACKEND, made, 0);
    tf.copyRegisteredKernels('cpu', BACKEND);
  });
  afterAll(() => tf.removeBackend(BACKEND));

  it('computes and keeps its state there, to the same numbers, and leaves the active backend as it was', async () => {
    const engine = eager(BACKEND, { threads: 3 });
    expect(engine.name).toBe('eager-another-cpu');
    expect(engine.fingerprint).toMatchObject({ engine: 'eager', provider: 'tfjs-another-cpu', threads: 3 });
    const kernels = vi.spyOn(tf.findBackend(BACKEND), 'write');
    const active: string[] = [];
    const watched: StepFunction = (state, own) => {
      active.push(tf.getBackend());
      return step(state, own);
    };
    const run = async (own: Engine) => {
      const program = await own.prepare('descent', signature, watched);
      const state = own.createState(initial());
      await state.write({ w: new Float32Array([2, 1]) });
      await program.run(state, inputs);
      return (await state.read()).w;
    };
    expect(await run(engine)).toEqual(await run(eager('cpu')));
    expect(active).toEqual([BACKEND, 'cpu']);
    expect(kernels).toHaveBeenCalled();
    expect(tf.getBackend()).toBe('cpu');
  });

  it('refuses the state of a backend that is not its own', async () => {
    const program = await eager('cpu').prepare('descent', signature, step);
    await expect(program.run(eager(BACKEND).createState(initial()), inputs)).rejects.toThrow(
      'descent: this state belongs to another engine',
    );
  });

  it('is refused where TensorFlow.js has no such backend', () => {
    expect(() => eager('abacus')).toThrow(new EngineError('TensorFlow.js has no backend named abacus here'));
  });
});
