import type { tf } from '../engine/tf.ts';
import {
  type Layer,
  type Mask,
  type Mode,
  normalisedTogether,
  type ObservedLayer,
  type Parameter,
  type Pass,
  type Statistic,
} from './layer.ts';

/** Layers up to a middle cut, from there to the last features, and the classifier on them. */
export type Body = { readonly lower: Layer; readonly upper: Layer; readonly classifier: Layer };

export type Outputs = {
  /** [batch, classes] */
  logits: tf.Tensor;
  /** Activations at the middle cut. */
  middle: tf.Tensor;
  /** Activations that the classifier reads: [batch, features]. */
  last: tf.Tensor;
};

export type Applied = Outputs & {
  /** The running statistics after this pass, in the network's order; unchanged ones as they came. */
  statistics: tf.Tensor[];
};

/** What only some passes need. */
export type PassOptions = {
  /** In the order in which the network declares them; evaluation needs none. */
  readonly masks?: readonly tf.Tensor[];
} & Pick<Pass, 'observe' | 'round'>;

/** A network as data and pure functions: it keeps no tensors. */
export type Network = {
  readonly model: string;
  readonly inputShape: readonly number[];
  readonly classes: number;
  readonly parameters: readonly Parameter[];
  readonly statistics: readonly Statistic[];
  /** Of one sample's activations at the middle cut and before the classifier; neurons (channels) are the last axis. */
  readonly featureShapes: { readonly middle: readonly number[]; readonly last: readonly number[] };
  /** Layers that can be looked at, from the first to the last before the classifier. */
  readonly layers: readonly ObservedLayer[];
  /** What dropout needs in training; empty without dropout. */
  readonly masks: readonly Mask[];
  /** Numbers in all parameters. */
  readonly parameterCount: number;
  readonly statisticCount: number;
  /** Multiply-adds of one forward pass on one sample. */
  readonly multiplyAdds: number;
  /** Numbers of one sample's channel that batch norm normalises together, where it sees fewest; absent: there is none. */
  readonly normalisedTogether?: number;
  /** x: [batch, …inputShape]; parameters and statistics in the order declared above. */
  readonly apply: (
    parameters: readonly tf.Tensor[],
    statistics: readonly tf.Tensor[],
    x: tf.Tensor,
    mode: Mode,
    options?: PassOptions,
  ) => Applied;
};

/** Numbers that tensors of these shapes hold together. */
const numbersIn = (items: readonly { readonly shape: readonly number[] }[]): number =>
  items.reduce((sum, { shape }) => sum + shape.reduce((product, extent) => product * extent, 1), 0);

const byName = <T>(items: readonly { readonly name: string }[], values: readonly T[]): Map<string, T> =>
  new Map(items.map(({ name }, index) => [name, values[index] as T]));

const found = <T>(map: ReadonlyMap<string, T>, name: string): T => {
  const value = map.get(name);
  if (value === undefined) throw new Error(`no tensor named ${name} was given; given were ${[...map.keys()].join(', ') || 'none'}`);
  return value;
};

export const assemble = (model: string, inputShape: readonly number[], classes: number, body: Body): Network => {
  const parts = [body.lower, body.upper, body.classifier];
  const parameters = parts.flatMap((part) => part.parameters);
  const statistics = parts.flatMap((part) => part.statistics);
  const masks = parts.flatMap((part) => part.masks ?? []);
  return {
    model,
    inputShape,
    classes,
    parameters,
    statistics,
    featureShapes: { middle: body.lower.outputShape, last: body.upper.outputShape },
    layers: parts.flatMap((part) => part.observed ?? []),
    masks,
    parameterCount: numbersIn(parameters),
    statisticCount: numbersIn(statistics),
    multiplyAdds: parts.reduce((sum, part) => sum + part.multiplyAdds, 0),
    ...normalisedTogether(parts),
    apply: (parameterTensors, statisticTensors, x, mode, { masks: maskTensors = [], ...others } = {}) => {
      const named = byName(parameters, parameterTensors);
      const running = byName(statistics, statisticTensors);
      const drawn = byName(masks, maskTensors);
      const pass: Pass = {
        mode,
        parameter: (name) => found(named, name),
        statistic: (name) => found(running, name),
        mask: (name) => found(drawn, name),
        updateStatistic: (name, value) => running.set(name, value),
        ...others,
      };
      const middle = body.lower.apply(pass, x);
      const last = body.upper.apply(pass, middle);
      const logits = body.classifier.apply(pass, last);
      return { logits, middle, last, statistics: statistics.map(({ name }) => found(running, name)) };
    },
  };
};
