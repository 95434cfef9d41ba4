import { tf } from '../engine/tf.ts';
import { detach } from './detach.ts';
import { divergence, softenedLog } from './divergence.ts';

/** log of the mean of distributions given as logarithms, without leaving the logarithms' range. */
export const logMean = (logs: readonly tf.Tensor[]): tf.Tensor => {
  const largest = logs.reduce((a, b) => tf.maximum(a, b));
  const scaled = logs.map((log) => tf.exp(tf.sub(log, largest)));
  const sum = scaled.reduce((a, b) => tf.add(a, b));
  return tf.add(largest, tf.log(tf.div(sum, logs.length)));
};

/**
 * Strategy 2 of mutual learning, DML_e of the paper: KL(mean of p_j^T ‖ p_i^T) over the peers j, detached. It differs from strategy 1 by a
 * constant (the peers' generalised Jensen–Shannon divergence) and has the same gradient.
 */
export const ensembleProbabilities = (own: tf.Tensor, peers: readonly tf.Tensor[], temperature: number): tf.Scalar =>
  divergence(logMean(peers.map((peer) => softenedLog(detach(peer), temperature))), softenedLog(own, temperature));
