import { tf } from '../engine/tf.ts';

/** Part of the batch's statistics that enters the running ones at each step. */
export const RUNNING_MOMENTUM = 0.1;

const EPSILON = 1e-5;

/** Batch, height and width, or the batch alone: everything but the channels. */
const reducedAxes = (x: tf.Tensor): number[] => x.shape.slice(0, -1).map((_, axis) => axis);

const moments = (x: tf.Tensor): { mean: tf.Tensor; centred: tf.Tensor; variance: tf.Tensor } => {
  const axes = reducedAxes(x);
  const mean = tf.mean(x, axes);
  const centred = tf.sub(x, mean);
  return { mean, centred, variance: tf.mean(tf.square(centred), axes) };
};

/**
 * (x − mean) / √(variance + ε) · scale + shift, with the gradient written out (Ioffe & Szegedy 2015): with x̂ the normalised input and n the
 * samples per channel, dx = scale/σ · (dy − mean(dy) − x̂·mean(dy·x̂)). Composed from its parts it would take about twice the passes over x.
 */
const normalise = tf.customGrad((x, scale, shift, save) => {
  const { centred, variance } = moments(x as tf.Tensor);
  const inverse = tf.rsqrt(tf.add(variance, EPSILON));
  const value = tf.add(tf.mul(centred, tf.mul(scale as tf.Tensor, inverse)), shift as tf.Tensor);
  (save as tf.GradSaveFunc)([centred, inverse, scale as tf.Tensor]);
  const gradFunc = (dy: tf.Tensor, saved: tf.Tensor[]) => {
    const [c, r, s] = saved as [tf.Tensor, tf.Tensor, tf.Tensor];
    const axes = reducedAxes(dy);
    const n = dy.size / s.size;
    const sumDy = tf.sum(dy, axes);
    const sumDyC = tf.sum(tf.mul(dy, c), axes);
    const factor = tf.mul(s, r);
    const slope = tf.mul(tf.mul(factor, tf.square(r)), tf.div(sumDyC, -n));
    const offset = tf.mul(factor, tf.div(sumDy, -n));
    return [tf.add(tf.add(tf.mul(dy, factor), tf.mul(c, slope)), offset), tf.mul(sumDyC, r), sumDy];
  };
  return { value, gradFunc };
});

/**
 * Normalises x [batch, …, channels] by its own statistics; gives them too (the variance is the biased one), each [channels].
 * The moments are written down twice, here and inside the custom gradient, whose function may return one tensor only: a compiling
 * engine computes equal expressions once.
 */
export const normaliseBatch = (
  x: tf.Tensor,
  scale: tf.Tensor,
  shift: tf.Tensor,
): { value: tf.Tensor; mean: tf.Tensor; variance: tf.Tensor } => {
  const value = normalise(x, scale, shift);
  const { mean, variance } = moments(x);
  return { value, mean, variance };
};

/** Normalises x by given statistics. */
export const normaliseWith = (x: tf.Tensor, mean: tf.Tensor, variance: tf.Tensor, scale: tf.Tensor, shift: tf.Tensor): tf.Tensor => {
  const factor = tf.mul(scale, tf.rsqrt(tf.add(variance, EPSILON)));
  return tf.add(tf.mul(x, factor), tf.sub(shift, tf.mul(mean, factor)));
};
