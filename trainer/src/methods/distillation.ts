import type { DistillationSettings } from '@studyhall/contract/spec/run-spec.ts';
import { tf } from '../engine/tf.ts';
import { crossEntropy } from '../objectives/cross-entropy.ts';
import type { Method } from './method.ts';
import { teachersAt, teachingTerm } from './teaching.ts';

/**
 * L = (1 − a)·CE(y, p_s) + a·T²·KL(p_t^T ‖ p_s^T) (Hinton et al. 2014); of several teachers, the mean of their terms. A term whose weight
 * is 0 is left out.
 */
export const distillation = (settings: DistillationSettings): Method => {
  const { weight } = settings;
  const taught = teachingTerm(settings);
  return {
    terms: [...(weight < 1 ? ['crossEntropy'] : []), ...(weight > 0 ? ['distillation'] : [])],
    coupling: 'none',
    teachers: teachersAt(settings, 'method.distillation'),
    losses: (own, seen) => {
      const terms: Record<string, tf.Scalar> = {};
      if (weight < 1) terms.crossEntropy = tf.mul(crossEntropy(own.logits, seen.targets, seen.sampleWeights), 1 - weight);
      if (weight > 0) terms.distillation = taught(own.logits, seen.teachers);
      return terms;
    },
  };
};
