import { crossEntropy } from '../objectives/cross-entropy.ts';
import type { Method } from './method.ts';

/** Uncoupled networks, each with cross-entropy alone: the baseline of every other method. */
export const independent = (): Method => ({
  terms: ['crossEntropy'],
  coupling: 'none',
  teachers: [],
  losses: (own, seen) => ({ crossEntropy: crossEntropy(own.logits, seen.targets, seen.sampleWeights) }),
});
