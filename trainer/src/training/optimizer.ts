import { tf } from '../engine/tf.ts';
import { chosen, type OneOf, type OptimizerSettings, type SgdSettings } from '../spec/run-spec.ts';

/** Vectors of equal length in, the updated weights and velocity out. `learningRate` is a tensor: it varies between calls. */
export type Update = (
  weights: tf.Tensor,
  gradient: tf.Tensor,
  velocity: tf.Tensor,
  learningRate: tf.Tensor,
) => { weights: tf.Tensor; velocity: tf.Tensor };

/**
 * Stochastic gradient descent with momentum, as in PyTorch: g ← g + λw; v ← μv + g; w ← w − η(g + μv) with Nesterov's variant, else
 * w ← w − ηv. Weight decay pulls on all parameters, those of batch norm included.
 */
const sgd =
  ({ momentum, nesterov, weightDecay }: SgdSettings): Update =>
  (weights, gradient, velocity, learningRate) => {
    const decayed = weightDecay === 0 ? gradient : tf.add(gradient, tf.mul(weights, weightDecay));
    const carried = momentum === 0 ? decayed : tf.add(tf.mul(velocity, momentum), decayed);
    const step = nesterov && momentum !== 0 ? tf.add(decayed, tf.mul(carried, momentum)) : carried;
    return { weights: tf.sub(weights, tf.mul(step, learningRate)), velocity: carried };
  };

const OPTIMIZERS: { readonly [O in keyof OptimizerSettings]: (settings: OptimizerSettings[O]) => Update } = { sgd };

export const optimizerOf = (settings: OneOf<OptimizerSettings>): Update => {
  const [name, own] = chosen<OptimizerSettings>(settings);
  return OPTIMIZERS[name](own);
};
