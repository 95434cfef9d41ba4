import type { Graph } from './graph.ts';
import { type Attributes, floats, int, ints, text, type Value } from './value.ts';

/** Sizes of a two-dimensional convolution; padding in front and behind along height and width. */
export type Window = {
  readonly kernel: readonly [number, number];
  readonly strides: readonly [number, number];
  readonly dilations: readonly [number, number];
  readonly before: readonly [number, number];
  readonly after: readonly [number, number];
};

/** One pixel at a time. */
export const POINT: Window = { kernel: [1, 1], strides: [1, 1], dilations: [1, 1], before: [0, 0], after: [0, 0] };

/** Pixels in a row for passes that need no picture's own rows: of longer ones, a pass fills the cache before its activation function is applied. */
export const LONGEST_ROW = 256;

/** Whether each pixel of the result comes from the same pixel of the image. */
export const isPoint = ({ kernel, strides, before, after }: Window): boolean =>
  [...kernel, ...strides].every((extent) => extent === 1) && [...before, ...after].every((amount) => amount === 0);

export const extentAfter = (extent: number, window: Window, axis: 0 | 1): number => {
  const reach = (window.kernel[axis] - 1) * window.dilations[axis] + 1;
  return Math.floor((extent + window.before[axis] + window.after[axis] - reach) / window.strides[axis]) + 1;
};

export const windowAttributes = ({ kernel, strides, dilations, before, after }: Window): Attributes => ({
  kernel_shape: ints(kernel),
  strides: ints(strides),
  dilations: ints(dilations),
  pads: ints([...before, ...after]),
});

/** x [N, C, H, W], filter [O, C / groups, kh, kw] to [N, O, H', W']. */
export const convolve = (graph: Graph, x: Value, filter: Value, window: Window, groups = 1): Value => {
  const [batch, , height, width] = x.shape as [number, number, number, number];
  const shape = [batch, filter.shape[0] as number, extentAfter(height, window, 0), extentAfter(width, window, 1)];
  return graph.add('Conv', [x, filter], { shape, dtype: 'float32' }, { ...windowAttributes(window), group: int(groups) });
};

export type Activation = { readonly op: 'Relu' } | { readonly op: 'Clip'; readonly low: number; readonly high: number };

/** What a convolution does to its result before it is stored: activation(result + bias + sum). */
export type Epilogue = { readonly bias?: Value | null; readonly sum?: Value | null; readonly activation?: Activation | null };

/**
 * ONNX Runtime's own CPU convolution in NCHWc, which its optimizer would choose for constant filters only. Shapes are those of
 * `convolve`, memory is ordered [N, C / B, H, W, B]; the filter's is [O / B, C / B, kh, kw, B of C, B of O], or without the blocks of C
 * where C < B (x is then NCHW) or where each channel is a group of its own. The result is activation(x * filter + bias + sum).
 */
export const convolveNchwc = (graph: Graph, x: Value, filter: Value, window: Window, groups: number, epilogue: Epilogue = {}): Value => {
  const { bias = null, sum = null, activation = null } = epilogue;
  const [batch, , height, width] = x.shape as [number, number, number, number];
  const shape = [batch, filter.shape[0] as number, extentAfter(height, window, 0), extentAfter(width, window, 1)];
  const inputs = sum !== null ? [x, filter, bias, sum] : bias !== null ? [x, filter, bias] : [x, filter];
  const attributes: Attributes = {
    ...windowAttributes(window),
    group: int(groups),
    auto_pad: text('NOTSET'),
    ...(activation === null ? {} : { activation: text(activation.op) }),
    ...(activation?.op === 'Clip' ? { activation_params: floats([activation.low, activation.high]) } : {}),
  };
  return graph.add('Conv', inputs, { shape, dtype: 'float32' }, attributes, 'com.microsoft.nchwc');
};

/** The pixels of an NCHWc image that such a point sees, padded where it says so: a convolution that copies, on all threads where Slice and Pad take one. */
export const copyPixels = (graph: Graph, image: Value, point: Partial<Window>): Value => {
  const channels = image.shape[1] as number;
  const ones = graph.constant(new Float32Array(channels).fill(1), [channels, 1, 1, 1], 'float32');
  return convolveNchwc(graph, image, ones, { ...POINT, ...point }, channels);
};
