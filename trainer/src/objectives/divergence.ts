import { tf } from '../engine/tf.ts';

/** log softmax(logits / T), by row. */
export const softenedLog = (logits: tf.Tensor, temperature: number): tf.Tensor =>
  tf.logSoftmax(temperature === 1 ? logits : tf.div(logits, temperature));

/**
 * KL(p ‖ q) in nats, summed over classes and averaged over the batch.
 *
 * @param logTarget log p, [batch, classes]
 * @param logOwn log q, [batch, classes]
 */
export const divergence = (logTarget: tf.Tensor, logOwn: tf.Tensor): tf.Scalar =>
  tf.mean(tf.sum(tf.mul(tf.exp(logTarget), tf.sub(logTarget, logOwn)), 1)) as tf.Scalar;

/** What a softened divergence is multiplied by: T² keeps its gradient's size when the temperature changes. */
export const temperatureFactor = (temperature: number, scaleByTemperatureSquared: boolean): number =>
  scaleByTemperatureSquared ? temperature * temperature : 1;
