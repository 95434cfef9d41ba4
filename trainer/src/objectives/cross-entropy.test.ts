import { describe, expect, it } from 'vitest';
import { tf } from '../engine/tf.ts';
import { crossEntropy } from './cross-entropy.ts';
import { distance, softmax, valueAndGradients, zip } from './testing/gradients.ts';

const logits = [
  [Math.log(1), Math.log(2), Math.log(1)],
  [Math.log(3), Math.log(1), Math.log(4)],
];
const targets = [
  [0, 1, 0],
  [1, 0, 0],
];
const weighted = (weights: number[]) => valueAndGradients((z) => crossEntropy(z, tf.tensor2d(targets), tf.tensor1d(weights)), logits);

describe('crossEntropy', () => {
  it('is the mean of −log p of the labels: (log 2 + log 8/3) / 2', () => {
    expect(weighted([1, 1]).value).toBeCloseTo((Math.log(2) + Math.log(8 / 3)) / 2, 6);
  });

  it('has the gradient (softmax − target) / batch', () => {
    const expected = zip(
      logits.map((row) => softmax(row)),
      targets,
      (p, y) => (p - y) / 2,
    );
    expect(distance(weighted([1, 1]).gradients[0] as number[][], expected)).toBeLessThan(1e-6);
  });

  it('averages over the labelled samples only, and is 0 without any', () => {
    expect(weighted([0, 1]).value).toBeCloseTo(Math.log(8 / 3), 6);
    expect((weighted([0, 1]).gradients[0] as number[][])[0]?.every((x) => x === 0)).toBe(true);
    expect(weighted([0, 0]).value).toBeCloseTo(0, 12);
  });

  it('stays finite where a probability vanishes', () => {
    const { value } = valueAndGradients((z) => crossEntropy(z, tf.tensor2d([[0, 1]]), tf.tensor1d([1])), [[200, -200]]);
    expect(value).toBeCloseTo(400, 3);
  });
});
