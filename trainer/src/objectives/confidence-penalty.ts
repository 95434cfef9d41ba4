import { tf } from '../engine/tf.ts';

/**
 * Mean entropy H(p) of the outputs in nats, averaged over the batch. With respect to the logits its gradient is −p·(log p + H) / batch;
 * the confidence penalty of Pereyra et al. 2017 subtracts β times it from the loss.
 *
 * @param logits [batch, classes]
 */
export const meanEntropy = (logits: tf.Tensor): tf.Scalar => {
  const logarithms = tf.logSoftmax(logits); // [batch, classes]
  return tf.neg(tf.mean(tf.sum(tf.mul(tf.exp(logarithms), logarithms), 1))) as tf.Scalar;
};
