import { describe, expect, it } from 'vitest';
import { tf } from '../engine/tf.ts';
import { withBackend } from '../engine/with-backend.ts';
import { normaliseBatch, normaliseWith } from './batch-norm.ts';

const x = [1, -2, 3, 0.5, 2, 2, -1, 4, 0, 1, 5, -3];
const dy = [0.3, -1, 2, 0.1, -0.4, 1, 0.7, 0.2, -2, 0.5, 1, 0.6];
const onCpu = <T>(f: () => T): T => withBackend('cpu', () => tf.tidy(f as () => T & tf.TensorContainer)) as T;

/** The same in plain operations, whose gradient TensorFlow.js works out. */
const composed = (input: tf.Tensor, scale: tf.Tensor, shift: tf.Tensor): tf.Tensor => {
  const mean = tf.mean(input, [0, 1, 2]);
  const centred = tf.sub(input, mean);
  const variance = tf.mean(tf.square(centred), [0, 1, 2]);
  return tf.add(tf.mul(tf.div(centred, tf.sqrt(tf.add(variance, 1e-5))), scale), shift);
};

describe('batch norm', () => {
  it('has the values and gradients of its definition', () => {
    const run = (f: (input: tf.Tensor, scale: tf.Tensor, shift: tf.Tensor) => tf.Tensor) =>
      onCpu(() => {
        const inputs = [tf.tensor(x, [3, 2, 1, 2]), tf.tensor1d([0.5, 2]), tf.tensor1d([1, -1])];
        const { value, grads } = tf.valueAndGrads((a: tf.Tensor, b: tf.Tensor, c: tf.Tensor) => f(a, b, c))(
          inputs,
          tf.tensor(dy, [3, 2, 1, 2]),
        );
        return [value, ...grads].map((tensor) => [...tensor.dataSync()]);
      });
    const own = run((input, scale, shift) => normaliseBatch(input, scale, shift).value);
    const expected = run(composed);
    own.forEach((values, k) => {
      values.forEach((value, i) => {
        expect(value).toBeCloseTo((expected[k] as number[])[i] as number, 5);
      });
    });
  });

  it('gives the batch’s mean and biased variance, per channel', () => {
    const [mean, variance] = onCpu(() => {
      const { mean, variance } = normaliseBatch(tf.tensor(x, [3, 2, 1, 2]), tf.ones([2]), tf.zeros([2]));
      return [[...mean.dataSync()], [...variance.dataSync()]];
    }) as [number[], number[]];
    const first = [1, 3, 2, -1, 0, 5];
    const average = first.reduce((sum, value) => sum + value, 0) / 6;
    expect(mean[0]).toBeCloseTo(average, 6);
    expect(variance[0]).toBeCloseTo(first.reduce((sum, value) => sum + (value - average) ** 2, 0) / 6, 5);
  });

  it('normalises by given statistics in evaluation: (x − 2) / √(4 + ε) · 3 + 1', () => {
    const value = onCpu(
      () => normaliseWith(tf.tensor2d([[6]]), tf.tensor1d([2]), tf.tensor1d([4]), tf.tensor1d([3]), tf.tensor1d([1])).dataSync()[0],
    );
    expect(value).toBeCloseTo(7, 4);
  });
});
