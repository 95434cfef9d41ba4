import { tf } from '../engine/tf.ts';

/** The same values, through which no gradient flows (stop-gradient): peers and teachers are targets, and do not learn from the loss they are in. */
export const detach: (x: tf.Tensor) => tf.Tensor = tf.customGrad((x) => ({
  value: tf.clone(x as tf.Tensor),
  gradFunc: () => tf.zerosLike(x as tf.Tensor),
}));
