import type { tf } from '../engine/tf.ts';
import { distillation } from './distillation.ts';
import { mean } from './mean.ts';

/**
 * Strategy 1 of mutual learning: mean over the peers j of KL(p_j^T ‖ p_i^T), peers detached (Zhang et al. 2018). With respect to the own
 * logits its gradient is (p_i^T − mean p_j^T) / (T · batch).
 */
export const pairwiseMean = (own: tf.Tensor, peers: readonly tf.Tensor[], temperature: number): tf.Scalar =>
  mean(peers.map((peer) => distillation(own, peer, temperature)));
