import { tf } from '../engine/tf.ts';
import { crossEntropy } from '../objectives/cross-entropy.ts';
import { temperatureFactor } from '../objectives/divergence.ts';
import { ensembleLogits } from '../objectives/ensemble-logits.ts';
import { ensembleProbabilities } from '../objectives/ensemble-probabilities.ts';
import { pairwiseMean } from '../objectives/pairwise-mean.ts';
import type { MutualSettings, MutualTarget } from '../spec/run-spec.ts';
import type { Method } from './method.ts';

type MutualTerm = (own: tf.Tensor, peers: readonly tf.Tensor[], temperature: number) => tf.Scalar;

const TARGETS: { readonly [T in MutualTarget]: MutualTerm } = {
  PAIRWISE_MEAN: pairwiseMean,
  ENSEMBLE_PROBABILITIES: ensembleProbabilities,
  ENSEMBLE_LOGITS: ensembleLogits,
};

/** L_i = CE(y, p_i) + w·(mutual term over the peers j ≠ i) (Zhang et al. 2018). */
export const mutual = (settings: MutualSettings): Method => {
  const { update, target, weight, temperature, scaleByTemperatureSquared } = settings;
  const factor = weight * temperatureFactor(temperature, scaleByTemperatureSquared);
  const term = TARGETS[target];
  return {
    role: 'PEER',
    terms: ['crossEntropy', 'mutual'],
    coupling: update === 'ALTERNATING' ? 'alternating' : 'simultaneous',
    teachers: [],
    losses: (own, seen) => ({
      crossEntropy: crossEntropy(own.logits, seen.targets, seen.sampleWeights),
      mutual: tf.mul(
        term(
          own.logits,
          seen.peers.map((peer) => peer.logits),
          temperature,
        ),
        factor,
      ),
    }),
  };
};
