import type { Half } from '../half/half.ts';
import type { Epilogue } from './graph/convolution.ts';
import type { Dtype, Value } from './graph/value.ts';

/**
 * How the numbers of a tensor lie in memory. `NHWC`: channels last, as TensorFlow.js orders every tensor, pictures or not. Tensors
 * [batch, …space, channels] can also lie in `NCHW`: [batch, channels, …space], what ONNX's convolutions want; and in `NCHWc`:
 * [batch, channels / c, …space, c], what ONNX Runtime's fastest CPU convolutions want, with a block of c channels in one vector register. The
 * graph gives both of these the shape [batch, channels, …space].
 */
export type Layout = 'NHWC' | 'NCHW' | 'NCHWc';

export type TracedDtype = Exclude<Dtype, 'int64' | Half>;

/**
 * Computes an NCHWc convolution with its epilogue fused: activation(x * (filter · scale) + bias + sum). Scale is [channels] or a scalar, bias
 * [channels], sum and result [batch, channels, …space].
 */
export type FusableConvolution = (scale: Value | null, epilogue: Epilogue) => Value;

/** A tensor times a number per channel (null: 1). */
export type Term = { readonly base: Traced; readonly scale: Value | null };

/**
 * A channel-affine epilogue: Σ base · scale + offset over one to three tensors, scales and offset per channel ([channels] or a scalar). Batch
 * normalisation, biases and shortcuts are of this kind. Unevaluated, it is fused with the ReLU that follows into one pass over each tensor with
 * a scale, or into the convolution that the tensor is, if that is not computed yet.
 */
export type ChannelAffine = {
  readonly layout: 'NCHW' | 'NCHWc';
  readonly terms: readonly Term[];
  readonly offset: Value | null;
};

/**
 * A picture by the phases of a stride: of every s-th pixel from each of the first s · s ones, a picture [batch, channels, height, width] in NCHWc, plus
 * a sum; null where there is nothing but zeros. The gradient of a convolution with strides is computed so.
 */
export type Phases = {
  readonly strides: readonly [number, number];
  readonly compute: (row: number, column: number, sum: Value | null) => Value | null;
};

/** A tensor while tracing: its shape, and whatever is known of how to compute it. */
export type Traced = {
  /** As TensorFlow.js sees it. */
  readonly shape: readonly number[];
  readonly dtype: TracedDtype;
  /** Graph values that hold its numbers, by layout; more are added as they are asked for. */
  readonly values: Partial<Record<Layout, Value>>;
  /** Every element is this number. */
  readonly uniform?: number;
  /** The smaller tensor of equal rank that this is the broadcast of. */
  readonly broadcastOf?: Traced;
  /** Scaled and shifted channels of other tensors, or the product of two: fused into what follows, it need not be computed by itself. */
  readonly channelAffine?: ChannelAffine;
  readonly product?: readonly [Traced, Traced];
  /** Until it is computed, a convolution can fuse what is done to its result. */
  readonly convolution?: FusableConvolution;
  /** Until they are put together, phases can be added to others one by one. */
  readonly phases?: Phases;
  /** The convolution's mean over batch and space, [channels], without computing it; null where that is not worth while. */
  readonly meanOfConvolution?: () => Value | null;
  /** How to compute it, and in which layout the result lies. */
  readonly pending?: { readonly layout: Layout; readonly compute: () => Value };
  /** Zeros and ones, which another tensor is multiplied by to keep what is positive. */
  readonly mask?: boolean;
  /** max(this, 0), once it was asked for. */
  relu?: Traced;
};

/** A tensor whose numbers a graph value of that layout holds. */
export const tracedIn = (layout: Layout, value: Value, shape: readonly number[]): Traced => {
  const { dtype } = value;
  if (dtype === 'int64' || dtype === 'float16' || dtype === 'bfloat16')
    throw new Error(`TensorFlow.js has no ${dtype} tensors: cast it first`);
  return { shape, dtype, values: { [layout]: value } };
};

export const tracedNhwc = (value: Value): Traced => tracedIn('NHWC', value, value.shape);

/** A tensor of which every element is that number. */
export const tracedUniform = (uniform: number, shape: readonly number[], dtype: TracedDtype = 'float32'): Traced => ({
  shape,
  dtype,
  values: {},
  uniform,
});

/** The layout in which a tensor's numbers are, or will be, without being moved. */
export const ownLayout = (x: Traced): Layout => {
  if (x.pending !== undefined) return x.pending.layout;
  if (x.broadcastOf !== undefined) return ownLayout(x.broadcastOf);
  if (x.values.NCHWc !== undefined) return 'NCHWc';
  return x.values.NCHW !== undefined && x.values.NHWC === undefined ? 'NCHW' : 'NHWC';
};
