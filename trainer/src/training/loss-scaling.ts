import type { TensorSpec } from '../engine/engine.ts';
import { tf } from '../engine/tf.ts';

/**
 * Dynamic loss scaling (Micikevicius et al. 2018; numbers as in PyTorch's GradScaler). Gradients of float16 vanish below 6 · 10⁻⁸ and overflow beyond 65,504:
 * each network's loss is multiplied by a factor of its own, and the gradient divided by it in float32. A gradient that is not finite is no update:
 * the step is left out and the factor halved. After 2,000 steps without that it is doubled.
 */
const FIRST = 2 ** 16;
const MOST = 2 ** 24;
/** A loss is never made smaller: a gradient that overflows unscaled is no matter of scaling. */
export const LEAST = 1;
const GROWS_AFTER = 2000;

/** What of it lives from step to step, one number for each network. */
export const SCALING_STATE = ['lossScale', 'goodSteps'] as const;

type Name = (typeof SCALING_STATE)[number];

/** Vectors [networks] by name. */
export type ScalingState = { readonly [N in Name]: Float32Array };

export const initialScaling = (networks: number): ScalingState => ({
  lossScale: new Float32Array(networks).fill(FIRST),
  goodSteps: new Float32Array(networks),
});

export const scalingSpecs = (networks: number): Record<Name, TensorSpec> => ({
  lossScale: { shape: [networks], dtype: 'float32' },
  goodSteps: { shape: [networks], dtype: 'float32' },
});

/** One network's: scalars. */
export type Scaling = { readonly [N in Name]: tf.Tensor };

/** The scaling after a step. @param good [], bool: whether the step's gradient was finite */
export const scalingAfter = ({ lossScale, goodSteps }: Scaling, good: tf.Tensor): Scaling => {
  const counted = tf.add(goodSteps, 1);
  const grows = tf.greaterEqual(counted, GROWS_AFTER);
  const grown = tf.where(grows, tf.minimum(tf.mul(lossScale, 2), MOST), lossScale);
  return {
    lossScale: tf.where(good, grown, tf.maximum(tf.div(lossScale, 2), LEAST)),
    goodSteps: tf.where(tf.logicalAnd(good, tf.logicalNot(grows)), counted, tf.zerosLike(counted)),
  };
};

/** The scaling after a step, and whether it was left out: [], 1 or 0. */
export type Scaled = Scaling & { readonly skipped: tf.Tensor };

type Updated = { readonly weights: tf.Tensor; readonly slots: Readonly<Record<string, tf.Tensor>> };

/**
 * A network's update by the gradient of its scaled loss: none, where that is not finite. Running statistics follow all the same, as in PyTorch, and
 * steps are counted on for whatever depends on their number.
 *
 * @param gradient [parameters], of the loss times `lossScale`
 * @param update what the optimizer makes of the gradient
 */
export const scaledUpdate = (
  scaling: Scaling,
  before: Updated,
  gradient: tf.Tensor,
  update: (gradient: tf.Tensor) => Updated,
): Updated & { readonly scaled: Scaled } => {
  const unscaled = tf.div(gradient, scaling.lossScale);
  const good = tf.all(tf.isFinite(unscaled));
  const after = update(unscaled);
  const slots = Object.entries(after.slots).map(([name, own]) => [name, tf.where(good, own, before.slots[name] as tf.Tensor)]);
  return {
    weights: tf.where(good, after.weights, before.weights),
    slots: Object.fromEntries(slots),
    scaled: { ...scalingAfter(scaling, good), skipped: tf.cast(tf.logicalNot(good), 'float32') },
  };
};

/** The scaling of each network, of the state's vectors. */
export const splitScaling = (state: Readonly<Record<string, tf.Tensor>>, networks: number): Scaling[] => {
  const [scales, steps] = SCALING_STATE.map((name) => tf.unstack(state[name] as tf.Tensor)) as [tf.Tensor[], tf.Tensor[]];
  return Array.from({ length: networks }, (_, place) => ({ lossScale: scales[place] as tf.Tensor, goodSteps: steps[place] as tf.Tensor }));
};

/** The state's vectors of the networks' scalings. */
export const joinScaling = (scalings: readonly Scaling[]): Record<Name, tf.Tensor> => ({
  lossScale: tf.stack(scalings.map(({ lossScale }) => lossScale)),
  goodSteps: tf.stack(scalings.map(({ goodSteps }) => goodSteps)),
});
