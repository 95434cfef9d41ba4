import { describe, expect, it } from 'vitest';
import { tf } from '../engine/tf.ts';
import { crossEntropy } from './cross-entropy.ts';
import { smoothed } from './label-smoothing.ts';
import { distance, softmax, valueAndGradients, zip } from './testing/gradients.ts';

const labels = [
  [0, 1, 0, 0],
  [1, 0, 0, 0],
];
const logits = [
  [0.3, -1, 2, 0],
  [1, 0.5, -0.5, -2],
];
const loss = (epsilon: number, z = logits) =>
  valueAndGradients((own) => crossEntropy(own, smoothed(tf.tensor2d(labels), epsilon), tf.ones([2])), z);

describe('label smoothing', () => {
  it('at ε = 0.2 gives the label 0.85 and each of the three others 0.05', () => {
    const expected = zip(
      logits.map((row) => softmax(row)),
      [
        [0.05, 0.85, 0.05, 0.05],
        [0.85, 0.05, 0.05, 0.05],
      ],
      (p, y) => (p - y) / 2,
    );
    expect(distance(loss(0.2).gradients[0] as number[][], expected)).toBeLessThan(1e-6);
  });

  it('is (1 − ε)·CE + ε·mean of −log p', () => {
    const uniform = logits.map((row) => softmax(row).reduce((sum, p) => sum - Math.log(p) / 4, 0));
    const expected = 0.9 * loss(0).value + 0.1 * ((uniform[0] as number) + (uniform[1] as number)) * 0.5;
    expect(loss(0.1).value).toBeCloseTo(expected, 6);
  });

  it('is smallest at the smoothed label itself, where it is its entropy', () => {
    const best = [0.05, 0.85, 0.05, 0.05].map(Math.log);
    const { value, gradients } = loss(0.2, [best, [0.85, 0.05, 0.05, 0.05].map(Math.log)]);
    expect(value).toBeCloseTo(-0.85 * Math.log(0.85) - 0.15 * Math.log(0.05), 6);
    expect((gradients[0] as number[][]).flat().every((slope) => Math.abs(slope) < 1e-7)).toBe(true);
  });
});
