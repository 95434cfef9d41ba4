import { tf } from '../engine/tf.ts';
import { crossEntropy } from '../objectives/cross-entropy.ts';
import { distillation as distillationTerm } from '../objectives/distillation.ts';
import { temperatureFactor } from '../objectives/divergence.ts';
import type { DistillationSettings } from '../spec/run-spec.ts';
import type { Method } from './method.ts';

/** L = (1 − a)·CE(y, p_s) + a·T²·KL(p_t^T ‖ p_s^T) (Hinton et al. 2014). */
export const distillation = (settings: DistillationSettings): Method => {
  const { teacher, temperature, weight, scaleByTemperatureSquared } = settings;
  const factor = weight * temperatureFactor(temperature, scaleByTemperatureSquared);
  return {
    role: 'STUDENT',
    terms: ['crossEntropy', 'distillation'],
    coupling: 'none',
    teachers: [{ path: 'method.distillation.teacher', settings: teacher }],
    losses: (own, seen) => ({
      crossEntropy: tf.mul(crossEntropy(own.logits, seen.targets, seen.sampleWeights), 1 - weight),
      distillation: tf.mul(distillationTerm(own.logits, seen.teachers[0] as tf.Tensor, temperature), factor),
    }),
  };
};
