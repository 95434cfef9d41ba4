import { tf } from '../engine/tf.ts';

/**
 * Labels as (1 − ε)·y + ε/C (Szegedy et al. 2016, section 7), so that cross-entropy is (1 − ε)·CE(y, p) + ε·mean over classes of −log p.
 *
 * @param targets one-hot, [batch, classes]
 */
export const smoothed = (targets: tf.Tensor, epsilon: number): tf.Tensor =>
  epsilon === 0 ? targets : tf.add(tf.mul(targets, 1 - epsilon), epsilon / (targets.shape.at(-1) as number));
