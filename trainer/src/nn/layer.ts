import type { tf } from '../engine/tf.ts';

export type Initial = 'zeros' | 'ones' | { readonly normal: number };

/** A trained tensor. `normal`: drawn from N(0, normal²). */
export type Parameter = { readonly name: string; readonly shape: readonly number[]; readonly initial: Initial };

/** A running statistic of batch normalisation: kept beside the parameters, changed without gradient. */
export type Statistic = { readonly name: string; readonly shape: readonly number[]; readonly initial: 'zeros' | 'ones' };

/** Which features dropout leaves in training: an input of each step. `shape` is that of one sample; `dropout` the part that is dropped. */
export type Mask = { readonly name: string; readonly shape: readonly number[]; readonly dropout: number };

/** In training, batch statistics normalise and the running ones follow; in evaluation, the running ones normalise. */
export type Mode = 'training' | 'evaluation';

/** One application of a network: where its layers find their tensors and leave the statistics they updated. */
export interface Pass {
  readonly mode: Mode;
  parameter(name: string): tf.Tensor;
  statistic(name: string): tf.Tensor;
  /** [batch, …shape]; in training only. */
  mask(name: string): tf.Tensor;
  updateStatistic(name: string, value: tf.Tensor): void;
  /** What factors and results of products are rounded by; absent: they are float32's. */
  round?(x: tf.Tensor): tf.Tensor;
  /** Whoever looks at layers is told what one gives. */
  observe?(name: string, value: tf.Tensor): void;
}

/**
 * A piece of a network: what it keeps and how it maps [batch, …input] to [batch, …outputShape].
 * Pure: all tensors come through the pass.
 */
export type Layer = {
  readonly parameters: readonly Parameter[];
  readonly statistics: readonly Statistic[];
  /** Absent: none. */
  readonly masks?: readonly Mask[];
  /** What can be looked at within it, in order; absent: nothing. */
  readonly observed?: readonly ObservedLayer[];
  /** Multiply-adds on one sample, of convolutions and matrix products. */
  readonly multiplyAdds: number;
  /** Numbers of one sample's channel that batch norm normalises together, where it sees fewest; absent: there is none. */
  readonly normalisedTogether?: number;
  /** Of one sample. */
  readonly outputShape: readonly number[];
  readonly apply: (pass: Pass, x: tf.Tensor) => tf.Tensor;
};

/**
 * A convolution or matrix product of x and one of the layer's parameters, in the numbers that the pass computes products in. As PyTorch's autocast
 * has it: factors and result are rounded, and so are their gradients, but not the sums between.
 */
export const product = <X extends tf.Tensor, W extends tf.Tensor>(
  pass: Pass,
  x: tf.Tensor,
  parameter: string,
  multiply: (x: X, weights: W) => tf.Tensor,
): tf.Tensor => {
  const round = (own: tf.Tensor) => pass.round?.(own) ?? own;
  return round(multiply(round(x) as X, round(pass.parameter(parameter)) as W));
};

/** Activations of one sample that have a name; neurons (channels) are the last axis. */
export type ObservedLayer = { readonly name: string; readonly shape: readonly number[] };

/** The layer, whose output can be looked at under a name. */
export const observed = (name: string, layer: Layer): Layer => ({
  ...layer,
  observed: [...(layer.observed ?? []), { name, shape: layer.outputShape }],
  apply: (pass, x) => {
    const value = layer.apply(pass, x);
    pass.observe?.(name, value);
    return value;
  },
});

/** What all layers together normalise together at the least. */
export const normalisedTogether = (layers: readonly Layer[]): Pick<Layer, 'normalisedTogether'> => {
  const counts = layers.flatMap((layer) => layer.normalisedTogether ?? []);
  return counts.length === 0 ? {} : { normalisedTogether: Math.min(...counts) };
};

/** Layers one after the other. */
export const sequence = (layers: readonly Layer[]): Layer => ({
  parameters: layers.flatMap((layer) => layer.parameters),
  statistics: layers.flatMap((layer) => layer.statistics),
  masks: layers.flatMap((layer) => layer.masks ?? []),
  observed: layers.flatMap((layer) => layer.observed ?? []),
  multiplyAdds: layers.reduce((sum, layer) => sum + layer.multiplyAdds, 0),
  ...normalisedTogether(layers),
  outputShape: (layers.at(-1) as Layer).outputShape,
  apply: (pass, x) => layers.reduce((h, layer) => layer.apply(pass, h), x),
});
