import { tf } from '../engine/tf.ts';

/** Keeps a gradient of norm 0 from being divided by nothing. */
const GUARD = 1e-6;

/** 0, or NaN where x is not finite. */
const zeroIfFinite = (x: tf.Tensor): tf.Tensor => tf.sub(x, x);

/**
 * The gradient, shortened where it is longer than `largest`: g · min(1, largest / (‖g‖ + 10⁻⁶)), as PyTorch's clip_grad_norm_ (Pascanu et
 * al. 2013). ‖g‖ is the Euclidean norm over all of a network's parameters; weight decay has no part in it. A norm that overflows
 * float32 gives NaN: shortened to 0, such a gradient would silently train nothing.
 */
export const clipped = (gradient: tf.Tensor, largest: number): tf.Tensor => {
  const norm = tf.sqrt(tf.sum(tf.square(gradient)));
  return tf.mul(gradient, tf.add(tf.minimum(tf.div(largest, tf.add(norm, GUARD)), 1), zeroIfFinite(norm)));
};
