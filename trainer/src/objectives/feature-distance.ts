import { tf } from '../engine/tf.ts';
import { detach } from './detach.ts';
import { mean } from './mean.ts';

/**
 * Mean over the peers j of the mean over batch and elements of (f_i − f_j)², peers detached. With respect to the own features, N numbers in
 * all, its gradient is the mean over the peers of 2·(f_i − f_j) / N.
 *
 * @param own features of one layer, [batch, …, neurons]
 * @param peers of the same shape
 * @param permutations per peer [neurons]: entry a is the peer's neuron that is compared with the own neuron a; none: each with its namesake
 */
export const featureDistance = (own: tf.Tensor, peers: readonly tf.Tensor[], permutations: readonly tf.Tensor[] = []): tf.Scalar => {
  const distances = peers.map((peer, index) => {
    const permutation = permutations[index];
    const matched = permutation === undefined ? peer : tf.gather(peer, permutation as tf.Tensor1D, peer.rank - 1);
    return tf.mean(tf.square(tf.sub(own, detach(matched)))) as tf.Scalar;
  });
  return mean(distances);
};
