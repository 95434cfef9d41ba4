import { tf } from '../engine/tf.ts';
import { distillation } from './distillation.ts';

/** KL(softmax(mean z_j / T) ‖ p_i^T) over the peers j, detached: learning from their geometric mean. */
export const ensembleLogits = (own: tf.Tensor, peers: readonly tf.Tensor[], temperature: number): tf.Scalar => {
  const sum = peers.reduce((a, b) => tf.add(a, b));
  return distillation(own, peers.length === 1 ? sum : tf.div(sum, peers.length), temperature);
};
