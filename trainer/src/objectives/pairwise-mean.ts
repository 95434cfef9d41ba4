import { tf } from '../engine/tf.ts';
import { distillation } from './distillation.ts';

/**
 * Strategy 1 of mutual learning: mean over the peers j of KL(p_j^T ‖ p_i^T), peers detached (Zhang et al. 2018). With respect to the own
 * logits its gradient is (p_i^T − mean p_j^T) / (T · batch).
 */
export const pairwiseMean = (own: tf.Tensor, peers: readonly tf.Tensor[], temperature: number): tf.Scalar => {
  const divergences = peers.map((peer) => distillation(own, peer, temperature));
  return tf.div(
    divergences.length === 1 ? (divergences[0] as tf.Scalar) : divergences.reduce((a, b) => tf.add(a, b) as tf.Scalar),
    peers.length,
  ) as tf.Scalar;
};
