import { binary, clip, unary } from './graph/arithmetic.ts';
import { type Activation, convolveNchwc, POINT } from './graph/convolution.ts';
import { expand, reshape } from './graph/shaping.ts';
import type { Value } from './graph/value.ts';
import { asImage, asRows, nhwc, onnxShape, valueIn } from './layout.ts';
import type { Trace } from './trace.ts';
import { type ChannelAffine, type FusableConvolution, ownLayout, type Term, type Traced } from './traced.ts';

/** A batch norm's gradient has two terms, a shortcut's is one more. */
const MOST_TERMS = 3;

/** The convolution that a tensor is, until its numbers are asked for. */
const uncomputed = (x: Traced): FusableConvolution | null => (x.values.NCHWc === undefined ? (x.convolution ?? null) : null);

/** Whether what is done to x next can be fused into computing it. */
export const isUnevaluated = (x: Traced): boolean =>
  uncomputed(x) !== null || (x.channelAffine !== undefined && x.values[x.channelAffine.layout] === undefined);

/**
 * A convolution with a shortcut, the end of a residual block: the next block and its shortcut both read it, and fused into both it would be
 * computed twice.
 */
const isBlockEnd = ({ terms }: ChannelAffine): boolean => terms.length > 1 && terms.some(({ base }) => uncomputed(base) !== null);

/** x as a channel-affine expression, if it is an activation: a tensor in NCHW or NCHWc. */
export const channelAffineOf = (x: Traced): ChannelAffine | null => {
  if (x.dtype !== 'float32' || x.uniform !== undefined || x.broadcastOf !== undefined) return null;
  const { channelAffine: affine } = x;
  if (affine !== undefined && x.values[affine.layout] === undefined && !isBlockEnd(affine)) return affine;
  const layout = ownLayout(x);
  return layout === 'NHWC' ? null : { layout, terms: [{ base: x, scale: null }], offset: null };
};

/** x as one number per channel, or one for all, for activations of that many channels; null if it is neither. */
export const perChannel = (trace: Trace, x: Traced, channels: number): Value | null => {
  if (x.dtype !== 'float32') return null;
  if (x.uniform !== undefined) return trace.number(x.uniform);
  const size = x.shape.reduce((product, extent) => product * extent, 1);
  if (size === 1) return reshape(trace.graph, nhwc(trace, x), []);
  return size === channels && x.shape.at(-1) === channels ? reshape(trace.graph, nhwc(trace, x), [channels]) : null;
};

const times = (trace: Trace, a: Value | null, b: Value): Value => (a === null ? b : binary(trace.graph, 'Mul', a, b));
const plus = (trace: Trace, a: Value | null, b: Value | null): Value | null => {
  if (a === null || b === null) return a ?? b;
  return binary(trace.graph, 'Add', a, b);
};

export const scaled = (trace: Trace, { layout, terms, offset }: ChannelAffine, factor: Value): ChannelAffine => ({
  layout,
  terms: terms.map(({ base, scale }) => ({ base, scale: times(trace, scale, factor) })),
  offset: offset === null ? null : binary(trace.graph, 'Mul', offset, factor),
});

export const shifted = (trace: Trace, affine: ChannelAffine, by: Value): ChannelAffine => ({
  ...affine,
  offset: plus(trace, affine.offset, by),
});

/** a + b, while that has few terms in one layout. */
export const summed = (trace: Trace, a: ChannelAffine, b: ChannelAffine): ChannelAffine | null => {
  const terms = [...a.terms, ...b.terms];
  if (a.layout !== b.layout || terms.length > MOST_TERMS) return null;
  return { layout: a.layout, terms, offset: plus(trace, a.offset, b.offset) };
};

/**
 * A channel-affine map, a sum and an activation in one pass: as the epilogue of the convolution that the tensor is, or of a depthwise 1 × 1
 * convolution over it.
 */
export const nchwcPass = (
  trace: Trace,
  base: Traced,
  shape: readonly number[],
  scale: Value | null,
  epilogue: { readonly offset?: Value | null; readonly sum?: Value | null; readonly activation?: Activation | null },
): Value => {
  const { graph } = trace;
  const channels = shape.at(-1) as number;
  const vector = (value: Value) => expand(graph, value.shape.length === 0 ? reshape(graph, value, [1]) : value, [channels]);
  const { offset = null, sum = null, activation = null } = epilogue;
  const bias = offset === null ? null : vector(offset);
  const convolution = uncomputed(base);
  if (convolution !== null) return convolution(scale, { bias, sum, activation });
  const filter = reshape(graph, vector(scale ?? graph.scalar(1)), [channels, 1, 1, 1]);
  const result = convolveNchwc(graph, asRows(trace, valueIn(trace, base, 'NCHWc'), shape), filter, POINT, channels, {
    bias,
    sum: sum === null ? null : asRows(trace, sum, shape),
    activation,
  });
  return reshape(graph, result, onnxShape(shape, 'NCHWc'));
};

const nchwcSum = (trace: Trace, { terms, offset }: ChannelAffine, shape: readonly number[], activation: Activation | null): Value => {
  const isWhole = ({ base, scale }: Term) => scale === null && uncomputed(base) === null;
  const whole = terms.filter(isWhole);
  const passes = terms.filter((term) => !isWhole(term));
  // Offset and activation belong to the last pass over a tensor; where no tensor needs a pass, one is made for them.
  if (passes.length === 0 && (offset !== null || activation !== null)) passes.push(whole.pop() as Term);
  const start = whole.map(({ base }) => valueIn(trace, base, 'NCHWc')).reduce<Value | null>((sum, x) => plus(trace, sum, x), null);
  return passes.reduce<Value | null>((sum, { base, scale }, place) => {
    const epilogue = place === passes.length - 1 ? { sum, offset, activation } : { sum };
    return nchwcPass(trace, base, shape, scale, epilogue);
  }, start) as Value;
};

const activated = (trace: Trace, x: Value, activation: Activation | null): Value => {
  if (activation === null) return x;
  return activation.op === 'Relu' ? unary(trace.graph, 'Relu', x) : clip(trace.graph, x, activation.low, activation.high);
};

const nchwSum = (trace: Trace, { terms, offset }: ChannelAffine, shape: readonly number[], activation: Activation | null): Value => {
  const { graph } = trace;
  const spatial = shape.slice(1, -1).map(() => 1);
  const vector = (value: Value) => (value.shape.length === 0 ? value : reshape(graph, value, [...value.shape, ...spatial]));
  const parts = terms.map(({ base, scale }) => {
    const value = valueIn(trace, base, 'NCHW');
    return scale === null ? value : binary(graph, 'Mul', value, vector(scale));
  });
  const sum = parts.reduce((a, b) => binary(graph, 'Add', a, b));
  return activated(trace, offset === null ? sum : binary(graph, 'Add', sum, vector(offset)), activation);
};

/** Computes a channel-affine expression of that TensorFlow.js shape, and applies the activation function that follows, if one does. */
export const materialise = (trace: Trace, affine: ChannelAffine, shape: readonly number[], activation: Activation | null): Value =>
  affine.layout === 'NCHWc' ? nchwcSum(trace, affine, shape, activation) : nchwSum(trace, affine, shape, activation);

/** A tensor that is a channel-affine expression, not computed until its numbers are asked for. */
export const tracedChannelAffine = (trace: Trace, affine: ChannelAffine, shape: readonly number[]): Traced => ({
  shape,
  dtype: 'float32',
  values: {},
  channelAffine: affine,
  pending: { layout: affine.layout, compute: () => materialise(trace, affine, shape, null) },
});

/**
 * An NCHWc convolution of that TensorFlow.js shape, not computed until its epilogue is known. `convolve` gives and takes images.
 *
 * @param mean its mean over batch and space, where that can be had without it
 */
export const tracedConvolution = (
  trace: Trace,
  shape: readonly number[],
  convolve: FusableConvolution,
  mean: () => Value | null = () => null,
): Traced => {
  const convolution: FusableConvolution = (scale, { sum = null, ...epilogue }) => {
    const image = convolve(scale, { ...epilogue, sum: sum === null ? null : asImage(trace, sum, shape) });
    return reshape(trace.graph, image, onnxShape(shape, 'NCHWc'));
  };
  const pending = { layout: 'NCHWc', compute: () => convolution(null, {}) } as const;
  return { shape, dtype: 'float32', values: {}, convolution, meanOfConvolution: mean, pending };
};
