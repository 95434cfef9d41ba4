import type { ConfidencePenaltySettings } from '@studyhall/contract/spec/run-spec.ts';
import { tf } from '../engine/tf.ts';
import { meanEntropy } from '../objectives/confidence-penalty.ts';
import { crossEntropy } from '../objectives/cross-entropy.ts';
import type { Method } from './method.ts';

/** L = CE(y, p) − β·mean H(p) (Pereyra et al. 2017): uncoupled networks, rewarded for the entropy of their outputs. */
export const confidencePenalty = ({ weight }: ConfidencePenaltySettings): Method => ({
  terms: ['crossEntropy', 'confidencePenalty'],
  coupling: 'none',
  teachers: [],
  losses: (own, seen) => ({
    crossEntropy: crossEntropy(own.logits, seen.targets, seen.sampleWeights),
    confidencePenalty: tf.mul(meanEntropy(own.logits), -weight),
  }),
});
