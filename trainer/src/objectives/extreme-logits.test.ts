import { expect, it } from 'vitest';
import { tf } from '../engine/tf.ts';
import { meanEntropy } from './confidence-penalty.ts';
import { distillation } from './distillation.ts';
import { ensembleLogits } from './ensemble-logits.ts';
import { ensembleProbabilities } from './ensemble-probabilities.ts';
import { hardDistillation } from './hard-distillation.ts';
import { pairwiseMean } from './pairwise-mean.ts';
import { valueAndGradients } from './testing/gradients.ts';

type Loss = (own: tf.Tensor, other: tf.Tensor) => tf.Scalar;

/** Of two networks, at a temperature. */
const losses = (temperature: number): Record<string, Loss> => ({
  'mean entropy': (own, other) => tf.add(meanEntropy(own), meanEntropy(other)) as tf.Scalar,
  distillation: (own, other) => distillation(own, other, temperature),
  'hard distillation': (own, other) => hardDistillation(own, other),
  'pairwise mean': (own, other) => pairwiseMean(own, [other, own], temperature),
  'ensemble of probabilities': (own, other) => ensembleProbabilities(own, [other, own], temperature),
  'ensemble of logits': (own, other) => ensembleLogits(own, [other, own], temperature),
});

// Probabilities whose logarithms are −2·10³⁰ at the lowest temperature there is.
const certain = [[1e28, -1e28, 0]];
const opposite = [[-1e28, 1e28, 0]];

it.each(Object.keys(losses(1)))('%s and its gradient stay finite where probabilities vanish', (name) => {
  for (const temperature of [0.01, 1, 100]) {
    for (const other of [certain, opposite, [[0, 0, 0]]]) {
      const { value, gradients } = valueAndGradients(losses(temperature)[name] as Loss, certain, other);
      expect([value, ...gradients.flat(2)].every(Number.isFinite)).toBe(true);
    }
  }
});

it('a teacher whose logits are not finite teaches no class, not the first one', () => {
  for (const wrong of [Number.NaN, Number.POSITIVE_INFINITY])
    expect(valueAndGradients(hardDistillation as Loss, [[1, 2, 3]], [[0, wrong, 0]]).value).toBeNaN();
});
