import { tf } from '../engine/tf.ts';

/** Keeps a gradient of norm 0 from being divided by nothing. */
const GUARD = 1e-6;

/**
 * The gradient, shortened where it is longer than `largest`: g · min(1, largest / (‖g‖ + 10⁻⁶)), as PyTorch's clip_grad_norm_ (Pascanu et
 * al. 2013). ‖g‖ is the Euclidean norm over all of a network's parameters; weight decay has no part in it.
 */
export const clipped = (gradient: tf.Tensor, largest: number): tf.Tensor => {
  const norm = tf.sqrt(tf.sum(tf.square(gradient)));
  return tf.mul(gradient, tf.minimum(tf.div(largest, tf.add(norm, GUARD)), 1));
};
