import type { BlockedExtras } from './graph/convolution.ts';
import type { Dtype, Value } from './graph/value.ts';

/**
 * How the numbers of a tensor lie in memory. `plain`: as TensorFlow.js orders them, channels last. For tensors [batch, …space, channels] also
 * `planar`: [batch, channels, …space], what ONNX's convolutions want; and `blocked`: [batch, channels / B, …space, B], what ONNX Runtime's
 * fastest CPU convolutions want, with B channels in one vector register. The graph gives both of these the shape [batch, channels, …space].
 */
export type Layout = 'plain' | 'planar' | 'blocked';

export type TracedDtype = Exclude<Dtype, 'int64'>;

/**
 * Computes a convolution on blocked channels together with what follows it: activation(x * (filter · scale) + bias + sum). Scale is [channels] or
 * a scalar, bias [channels], sum and result [batch, channels, …space].
 */
export type AbsorbingConvolution = (scale: Value | null, extras: BlockedExtras) => Value;

/** A tensor times a number per channel (null: 1). */
export type Term = { readonly base: Traced; readonly scale: Value | null };

/**
 * Σ base · scale + offset over one to three tensors, scales and offset per channel ([channels] or a scalar). What batch normalisation, biases and
 * shortcuts do to an activation is of this kind; kept unevaluated, their multiplications and additions become one pass over each tensor with a
 * scale, with the rectifier that follows, or none where the tensor is a convolution not computed yet.
 */
export type Combination = {
  readonly layout: 'planar' | 'blocked';
  readonly terms: readonly Term[];
  readonly offset: Value | null;
};

/** A tensor while tracing: its shape, and whatever is known of how to compute it. */
export type Traced = {
  /** As TensorFlow.js sees it. */
  readonly shape: readonly number[];
  readonly dtype: TracedDtype;
  /** Graph values that hold its numbers, by layout; more are added as they are asked for. */
  readonly forms: Partial<Record<Layout, Value>>;
  /** Every element is this number. */
  readonly uniform?: number;
  /** A smaller tensor of equal rank, of which this is the broadcast. */
  readonly core?: Traced;
  /** Scaled and shifted channels of other tensors, or the product of two: what may never have to be computed by itself. */
  readonly combination?: Combination;
  readonly product?: readonly [Traced, Traced];
  /** As long as it has not been computed, a convolution takes up what is done to its result. */
  readonly convolution?: AbsorbingConvolution;
  /** How to compute it in which layout, when it comes to that. */
  readonly pending?: { readonly layout: Layout; readonly compute: () => Value };
  /** Zeros and ones, which another tensor is multiplied by to keep what is positive. */
  readonly mask?: boolean;
  /** max(this, 0), once it was asked for. */
  rectified?: Traced;
};

export const tracedPlain = (value: Value): Traced => {
  if (value.dtype === 'int64') throw new Error('an int64 value is not a TensorFlow.js tensor: cast it to int32');
  return { shape: value.shape, dtype: value.dtype, forms: { plain: value } };
};

export const tracedIn = (layout: Layout, value: Value, shape: readonly number[]): Traced => {
  if (value.dtype === 'int64') throw new Error('an int64 value is not a TensorFlow.js tensor: cast it to int32');
  return { shape, dtype: value.dtype, forms: { [layout]: value } };
};

/** The layout in which a tensor's numbers are, or will be, without being moved. */
export const ownLayout = (x: Traced): Layout => {
  if (x.pending !== undefined) return x.pending.layout;
  if (x.core !== undefined) return ownLayout(x.core);
  if (x.forms.blocked !== undefined) return 'blocked';
  return x.forms.planar !== undefined && x.forms.plain === undefined ? 'planar' : 'plain';
};
