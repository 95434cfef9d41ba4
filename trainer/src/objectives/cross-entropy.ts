import { tf } from '../engine/tf.ts';

/**
 * Hard-label loss Σ w·CE / max(1, Σ w), in nats: the mean over the labelled samples of a batch.
 * Its gradient with respect to the logits is w·(softmax − target) / max(1, Σ w).
 *
 * @param logits [batch, classes]
 * @param targets [batch, classes], each row a distribution (one-hot for a hard label)
 * @param sampleWeights [batch], 0 for a sample without a label
 */
export const crossEntropy = (logits: tf.Tensor, targets: tf.Tensor, sampleWeights: tf.Tensor): tf.Scalar => {
  const perSample = tf.neg(tf.sum(tf.mul(targets, tf.logSoftmax(logits)), 1)); // [batch]
  return tf.div(tf.sum(tf.mul(perSample, sampleWeights)), tf.maximum(tf.sum(sampleWeights), 1)) as tf.Scalar;
};
