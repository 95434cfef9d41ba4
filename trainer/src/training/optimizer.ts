import { chosen, type OneOf } from '@studyhall/contract/spec/one-of.ts';
import type { AdamSettings, OptimizerSettings, SgdSettings } from '@studyhall/contract/spec/run-spec.ts';
import { tf } from '../engine/tf.ts';
import { clipped } from './clipping.ts';

type Tensors = Readonly<Record<string, tf.Tensor>>;

/** What an update reads beside weights and gradient. */
export type UpdateInputs = {
  /** The optimizer's vectors by slot, each as long as the weights. */
  readonly slots: Tensors;
  readonly learningRate: tf.Tensor;
  /** What `atStep` names, as scalars. */
  readonly rates: Tensors;
};

/** How gradients become updates: a pure function, and what it remembers between two steps. */
export type Optimizer = {
  /** Names of the vectors it keeps, 0 before the first step. */
  readonly slots: readonly string[];
  /** Numbers that vary from step to step beside the learning rate; steps count from 1. They are inputs of the step's graph. */
  readonly atStep: (step: number) => Readonly<Record<string, number>>;
  /** Vectors of equal length in, the updated weights and slots out. */
  readonly update: (weights: tf.Tensor, gradient: tf.Tensor, inputs: UpdateInputs) => { weights: tf.Tensor; slots: Tensors };
};

const slot = (slots: Tensors, name: string): tf.Tensor => {
  const tensor = slots[name];
  if (tensor === undefined) throw new Error(`the optimizer was given no ${name}`);
  return tensor;
};

/** g + λw: weight decay as the gradient of λ‖w‖²/2. It acts on all parameters, those of batch norm included. */
const withDecay = (gradient: tf.Tensor, weights: tf.Tensor, weightDecay: number): tf.Tensor =>
  weightDecay === 0 ? gradient : tf.add(gradient, tf.mul(weights, weightDecay));

/**
 * Stochastic gradient descent with momentum, as in PyTorch: g ← g + λw; v ← μv + g; w ← w − η(g + μv) with Nesterov's variant, else
 * w ← w − ηv.
 */
const sgd = ({ momentum, nesterov, weightDecay }: SgdSettings): Optimizer => ({
  slots: ['velocity'],
  atStep: () => ({}),
  update: (weights, gradient, { slots, learningRate }) => {
    const decayed = withDecay(gradient, weights, weightDecay);
    const velocity = momentum === 0 ? decayed : tf.add(tf.mul(slot(slots, 'velocity'), momentum), decayed);
    const step = nesterov && momentum !== 0 ? tf.add(decayed, tf.mul(velocity, momentum)) : velocity;
    return { weights: tf.sub(weights, tf.mul(step, learningRate)), slots: { velocity } };
  },
});

/** μx + (1 − μ)y: a running mean. */
const running = (mean: tf.Tensor, value: tf.Tensor, kept: number): tf.Tensor => tf.add(tf.mul(mean, kept), tf.mul(value, 1 - kept));

/**
 * What both kinds of Adam share: m ← β₁m + (1 − β₁)g; v ← β₂v + (1 − β₂)g²; w ← w − η·m̂ / (√v̂ + ε), with m̂ = m / (1 − β₁ᵗ) and
 * v̂ = v / (1 − β₂ᵗ) at step t (Kingma & Ba 2015, algorithm 1). The corrections are computed outside, in double precision.
 */
const moments = ({ beta1, beta2, epsilon }: AdamSettings, decayedGradient: number, decoupled: number): Optimizer => ({
  slots: ['firstMoment', 'secondMoment'],
  atStep: (step) => ({ firstCorrection: 1 / (1 - beta1 ** step), secondCorrection: 1 / Math.sqrt(1 - beta2 ** step) }),
  update: (weights, gradient, { slots, learningRate, rates }) => {
    const g = withDecay(gradient, weights, decayedGradient);
    const firstMoment = running(slot(slots, 'firstMoment'), g, beta1);
    const secondMoment = running(slot(slots, 'secondMoment'), tf.square(g), beta2);
    const deviation = tf.add(tf.mul(tf.sqrt(secondMoment), slot(rates, 'secondCorrection')), epsilon);
    const rate = tf.mul(learningRate, slot(rates, 'firstCorrection'));
    const pulled = decoupled === 0 ? weights : tf.mul(weights, tf.sub(1, tf.mul(learningRate, decoupled)));
    return { weights: tf.sub(pulled, tf.mul(tf.div(firstMoment, deviation), rate)), slots: { firstMoment, secondMoment } };
  },
});

/** Adam (Kingma & Ba 2015); weight decay is added to the gradient, as in PyTorch. */
const adam = (settings: AdamSettings): Optimizer => moments(settings, settings.weightDecay, 0);

/** AdamW (Loshchilov & Hutter 2019), as in PyTorch: weights shrink by the factor 1 − ηλ beside Adam's step, whatever their gradients are. */
const adamw = (settings: AdamSettings): Optimizer => moments(settings, 0, settings.weightDecay);

type ContractOptimizer = keyof OptimizerSettings;

/** Every optimizer of the contract: one that is missing here does not compile. */
const OPTIMIZERS: { readonly [O in ContractOptimizer]: (settings: OptimizerSettings[O]) => Optimizer } = { sgd, adam, adamw };

const make = <O extends ContractOptimizer>(name: O, settings: OptimizerSettings[O]): Optimizer => OPTIMIZERS[name](settings);

/** The optimizer that a spec asks for. @param gradientClipping largest norm of a network's gradient, null for any */
export const optimizerOf = (settings: OneOf<OptimizerSettings>, gradientClipping: number | null = null): Optimizer => {
  const [name, own] = chosen<OptimizerSettings>(settings);
  const optimizer = make(name, own);
  return gradientClipping === null
    ? optimizer
    : { ...optimizer, update: (weights, gradient, inputs) => optimizer.update(weights, clipped(gradient, gradientClipping), inputs) };
};
