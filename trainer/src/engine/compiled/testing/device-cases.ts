import assert from 'node:assert/strict';
import { eager } from '../../eager.ts';
import type { Engine, EngineState, StepFunction, TensorData } from '../../engine.ts';
import { EngineError } from '../../engine-error.ts';
import { type CompiledName, PROVIDERS } from '../../names.ts';
import { tf } from '../../tf.ts';
import { CompiledEngine } from '../engine.ts';
import { startProvider } from '../provider.ts';
import { CompiledState } from '../state.ts';
import { type Compute, distance, randomNumbers, rounding, runOn } from './run.ts';

const spec = { shape: [20], dtype: 'float32' } as const;
const filled = (number: number) => new Float32Array(20).fill(number);

const locationOf = (state: EngineState): string => {
  assert(state instanceof CompiledState);
  return state.current({ entry: 'w', begin: 0, name: 'w', shape: spec.shape }).location;
};

/** w ← w + x three times, with w cut into twelve parts and joined again; then with other weights. */
const threeSteps = async (engine: Engine, location: string): Promise<void> => {
  const program = await engine.prepare('twelve parts', { state: { w: spec }, inputs: { x: spec } }, ({ w }, { x }) => {
    const parts = tf.split(w as tf.Tensor, [1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1, 4], 0);
    return { state: { w: tf.add(tf.concat(parts, 0), x as tf.Tensor) }, outputs: { sum: tf.sum(w as tf.Tensor) } };
  });
  const state = engine.createState({ w: { spec, data: filled(1) } });
  const x = filled(2);
  await program.run(state, { x });
  await program.run(state, { x });
  assert.equal(locationOf(state), location);
  assert.deepEqual((await program.run(state, { x })).sum, Float32Array.of(100));
  assert.deepEqual((await state.read()).w, filled(7));
  await state.write({ w: filled(3) });
  assert.deepEqual((await program.run(state, { x })).sum, Float32Array.of(60));
  state.dispose();
  await program.dispose();
};

/** How far a filter lies apart, as a multiple of what is allowed, after three steps of gradient descent one by one and in one call. */
const apartAfterCalls = async (one: Engine, many: Engine): Promise<number> => {
  const signature = {
    state: { filter: { shape: [3, 3, 2, 4], dtype: 'float32' } },
    inputs: { x: { shape: [2, 6, 6, 2], dtype: 'float32' } },
  } as const;
  const step: StepFunction = ({ filter }, { x }) => {
    const loss = (w: tf.Tensor) => tf.mean(tf.square(tf.relu(tf.conv2d(x as tf.Tensor4D, w as tf.Tensor4D, 1, 'same')))) as tf.Scalar;
    const { value, grad } = tf.valueAndGrad(loss)(filter as tf.Tensor);
    return { state: { filter: tf.sub(filter as tf.Tensor, grad) }, outputs: { loss: value } };
  };
  const inputs = [1, 2, 3].map((seed) => ({ x: randomNumbers(144, seed) }));
  const filterAfter = async (engine: Engine): Promise<TensorData> => {
    const program = await engine.prepare('three steps', signature, step);
    const state = engine.createState({ filter: { spec: signature.state.filter, data: randomNumbers(72, 9) } });
    if (program.several !== undefined) await program.several.run(state, inputs);
    else for (const own of inputs) await program.run(state, own);
    const { filter } = await state.read();
    state.dispose();
    await program.dispose();
    return filter as TensorData;
  };
  return distance(await filterAfter(one), await filterAfter(many)) / rounding(144);
};

/** Gradients of nine filters at once. */
const manyFilters: Compute = ([x, ...kernels]) => {
  const loss = (...weights: tf.Tensor[]) =>
    tf.mean(
      tf.square(
        tf.relu(
          weights
            .map((w, index) => tf.conv2d(x as tf.Tensor4D, w as tf.Tensor4D, index % 2 === 0 ? 1 : [1, 1], 'same') as tf.Tensor)
            .reduce((a, b) => tf.add(a, b)),
        ),
      ),
    );
  return tf.grads(loss)(kernels as tf.Tensor[]);
};

/** Rows of a matrix of 4 TB. */
const BOUNDLESS = 2 ** 20;

/**
 * What devices do in their own ways, beside computing kernels and steps: each gives how far it is off, as a multiple of what is allowed, or
 * throws.
 */
export const DEVICE_CASES: Readonly<Record<string, (engine: Engine) => Promise<number>>> = {
  'more parameters than one node may read': async (engine) => {
    const given = [{ shape: [2, 6, 6, 2] }, ...Array.from({ length: 9 }, () => ({ shape: [3, 3, 2, 4] }))];
    const expected = await runOn(eager('cpu'), given, manyFilters);
    const results = await runOn(engine, given, manyFilters);
    return Math.max(...results.map((result, index) => distance(result, expected[index] as Float32Array))) / rounding(72);
  },
  'state between steps': async (engine) => {
    await threeSteps(engine, engine.name === 'compiled-webgpu' ? 'gpu-buffer' : 'cpu');
    return 0;
  },
  'state that comes back after each step': async (engine) => {
    const provider = await startProvider(PROVIDERS[engine.name as CompiledName], engine.fingerprint.threads);
    const away = new CompiledEngine({ ...provider, keepsOnDevice: false });
    await threeSteps(away, 'cpu');
    await away.dispose();
    return 0;
  },
  'several steps in one call': async (engine) => {
    const provider = await startProvider(PROVIDERS[engine.name as CompiledName], engine.fingerprint.threads);
    if (provider.keepsOnDevice === true) return 0;
    const many = new CompiledEngine({ ...provider, views: false, stepsPerCall: 3 });
    try {
      await threeSteps(many, 'cpu');
      return await apartAfterCalls(engine, many);
    } finally {
      await many.dispose();
    }
  },
  'more memory than any device has': async (engine) => {
    const inputs = { x: { shape: [BOUNDLESS, 1], dtype: 'float32' } } as const;
    const running = async () => {
      const program = await engine.prepare('boundless', { state: {}, inputs }, (_state, { x }) => {
        const product = tf.matMul(x as tf.Tensor2D, x as tf.Tensor2D, false, true);
        return { state: {}, outputs: { sum: tf.sum(tf.tanh(product)) } };
      });
      return program.run(engine.createState({}), { x: new Float32Array(BOUNDLESS) });
    };
    await assert.rejects(running, (error) => error instanceof EngineError && /^boundless .*: take a smaller batch/s.test(error.message));
    // The device is still there.
    await threeSteps(engine, engine.name === 'compiled-webgpu' ? 'gpu-buffer' : 'cpu');
    return 0;
  },
};
