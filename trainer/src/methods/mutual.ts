import type { MutualSettings, MutualTarget } from '@studyhall/contract/spec/run-spec.ts';
import { tf } from '../engine/tf.ts';
import { crossEntropy } from '../objectives/cross-entropy.ts';
import { temperatureFactor } from '../objectives/divergence.ts';
import { ensembleLogits } from '../objectives/ensemble-logits.ts';
import { ensembleProbabilities } from '../objectives/ensemble-probabilities.ts';
import { pairwiseMean } from '../objectives/pairwise-mean.ts';
import { featureMatching } from './feature-matching.ts';
import type { Method } from './method.ts';
import { teachersAt, teachingTerm } from './teaching.ts';

type MutualTerm = (own: tf.Tensor, peers: readonly tf.Tensor[], temperature: number) => tf.Scalar;

const TARGETS: { readonly [T in MutualTarget]: MutualTerm } = {
  PAIRWISE_MEAN: pairwiseMean,
  ENSEMBLE_PROBABILITIES: ensembleProbabilities,
  ENSEMBLE_LOGITS: ensembleLogits,
};

/**
 * L_i = c·CE(y, p_i) + w·(mutual term over the peers j ≠ i) (Zhang et al. 2018), and with teachers + v·(their term), and with
 * features + γ·(their square distance). A term whose weight is 0 is left out.
 */
export const mutual = (settings: MutualSettings): Method => {
  const { update, target, weight, temperature, scaleByTemperatureSquared, labelWeight, teaching, features } = settings;
  const factor = weight * temperatureFactor(temperature, scaleByTemperatureSquared);
  const term = TARGETS[target];
  const taught = teaching === null ? null : teachingTerm(teaching);
  const matched = features === null ? null : featureMatching(features);
  return {
    terms: [
      ...(labelWeight > 0 ? ['crossEntropy'] : []),
      ...(weight > 0 ? ['mutual'] : []),
      ...(taught ? ['distillation'] : []),
      ...(matched ? ['features'] : []),
    ],
    coupling: update === 'ALTERNATING' ? 'alternating' : 'simultaneous',
    teachers: teaching === null ? [] : teachersAt(teaching, 'method.mutual.teaching'),
    ...(features === null ? {} : { features }),
    losses: (own, seen) => {
      const { logits } = own;
      const { targets, sampleWeights, peers, teachers } = seen;
      const peerLogits = peers.map((peer) => peer.logits);
      const terms: Record<string, tf.Scalar> = {};
      if (labelWeight > 0) terms.crossEntropy = tf.mul(crossEntropy(logits, targets, sampleWeights), labelWeight);
      if (weight > 0) terms.mutual = tf.mul(term(logits, peerLogits, temperature), factor);
      if (taught) terms.distillation = taught(logits, teachers);
      if (matched) terms.features = matched(own, seen);
      return terms;
    },
  };
};
