import { describe, expect, it } from 'vitest';
import { tf } from '../engine/tf.ts';
import { withBackend } from '../engine/with-backend.ts';
import { optimizerOf } from './optimizer.ts';

const apply = (sgd: { momentum: number; nesterov: boolean; weightDecay: number }) =>
  withBackend('cpu', () => {
    const update = optimizerOf({ sgd });
    const { weights, velocity } = update(tf.tensor1d([2]), tf.tensor1d([1]), tf.tensor1d([4]), tf.scalar(0.1));
    return [weights, velocity].map((tensor) => tensor.dataSync()[0]);
  });

describe('SGD', () => {
  // g = 1 + 0.5·2 = 2; v = 0.5·4 + 2 = 4.
  it('with Nesterov’s momentum: w − η(g + μv) = 2 − 0.1·(2 + 2)', () => {
    expect(apply({ momentum: 0.5, nesterov: true, weightDecay: 0.5 })).toEqual([expect.closeTo(1.6, 6), expect.closeTo(4, 6)]);
  });

  it('with plain momentum: w − ηv = 2 − 0.1·4', () => {
    expect(apply({ momentum: 0.5, nesterov: false, weightDecay: 0.5 })).toEqual([expect.closeTo(1.6, 6), expect.closeTo(4, 6)]);
    expect(apply({ momentum: 0.9, nesterov: false, weightDecay: 0 })).toEqual([expect.closeTo(1.54, 6), expect.closeTo(4.6, 6)]);
  });

  it('without momentum: w − ηg = 2 − 0.1·1', () => {
    expect(apply({ momentum: 0, nesterov: false, weightDecay: 0 })[0]).toBeCloseTo(1.9, 6);
  });
});
