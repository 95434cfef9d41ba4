import type { Conv2DBackpropInputAttrs } from '@tensorflow/tfjs';
import { tracedConvolution } from '../channel-affine.ts';
import { convolve, convolveNchwc, type Epilogue, type Window } from '../graph/convolution.ts';
import { reshape, slice, transpose } from '../graph/shaping.ts';
import { int, ints, type Value } from '../graph/value.ts';
import { allows, nhwc, physical, valueIn } from '../layout.ts';
import { tracedPhases } from '../phases.ts';
import type { Trace } from '../trace.ts';
import { type Traced, tracedIn } from '../traced.ts';
import { iohwBoBiFilter, oihwFilter, reversedTaps, scaledInputs, tapCount } from './filters.ts';
import { attributesAs, type Kernel } from './kernel.ts';
import { type Convolution, convolutionOf, cropped, notNegative } from './window.ts';

/** Writes the convolution of an image with some taps of the filter, which lie in reverse order already. */
export type TapConvolution = (image: Value, taps: Value, window: Window, epilogue: Epilogue) => Value;

const UNIT = [1, 1] as const;

/**
 * Gradient of a convolution with respect to its input, in NCHWc. Every s-th pixel of the input, from each of the s · s first ones,
 * sees its own taps of the filter: s · s small convolutions of dy without strides, whose results are interleaved. (With stride 1 it is
 * one convolution with the filter turned around.)
 */
export const nchwcInputGradient = (
  trace: Trace,
  dy: Traced,
  filter: Value,
  { info, window }: Convolution,
  convolveTaps: TapConvolution,
): Traced => {
  const { graph } = trace;
  const [sh, sw] = window.strides;
  const [height, width] = [Math.ceil(info.inHeight / sh), Math.ceil(info.inWidth / sw)];

  /** Null where no tap sees those pixels and nothing is added. */
  const phase = (row: number, column: number, scale: Value | null, epilogue: Epilogue): Value | null => {
    const offset = [row + window.before[0], column + window.before[1]] as const;
    const first = [offset[0] % sh, offset[1] % sw] as const;
    const kernel = [tapCount(window.kernel[0], first[0], sh), tapCount(window.kernel[1], first[1], sw)] as const;
    if (kernel[0] === 0 || kernel[1] === 0) return epilogue.sum ?? null;
    const reach = [(kernel[0] - 1) * window.dilations[0], (kernel[1] - 1) * window.dilations[1]] as const;
    const before = [reach[0] - Math.floor(offset[0] / sh), reach[1] - Math.floor(offset[1] / sw)] as const;
    const after = [height + reach[0] - info.outHeight - before[0], width + reach[1] - info.outWidth - before[1]] as const;
    const taps = reversedTaps(graph, scaledInputs(graph, filter, scale), first, [sh, sw]);
    const small = { kernel, strides: UNIT, dilations: window.dilations, before: notNegative(before), after: notNegative(after) };
    return convolveTaps(cropNchwc(trace, dy, before, after), taps, small, epilogue);
  };

  if (sh === 1 && sw === 1) return tracedConvolution(trace, info.inShape, (scale, epilogue) => phase(0, 0, scale, epilogue) as Value);
  return tracedPhases(trace, info.inShape, { strides: [sh, sw], compute: (row, column, sum) => phase(row, column, null, { sum }) });
};

/** An NCHWc image with rows and columns cut off where the padding is negative, as [N, C, H, W]. */
const cropNchwc = (trace: Trace, x: Traced, before: readonly [number, number], after: readonly [number, number]): Value => {
  const value = physical(trace, x, 'NCHWc');
  const cuts = ([0, 1] as const).map((axis) => ({
    axis: axis + 2,
    begin: Math.max(0, -before[axis]),
    end: (value.shape[axis + 2] as number) - Math.max(0, -after[axis]),
  }));
  const cut = slice(trace.graph, value, cuts);
  const [batch, blocks, height, width, block] = cut.shape as [number, number, number, number, number];
  return reshape(trace.graph, cut, [batch, blocks * block, height, width]);
};

/** The same channels first: one convolution with the filter turned around, or ONNX's transposed convolution where there are strides. */
export const nchwInputGradient = (trace: Trace, dy: Traced, filter: Value, { info, window }: Convolution, groups: number): Value => {
  const { graph } = trace;
  const image = valueIn(trace, dy, 'NCHW');
  const [kh, kw] = window.kernel;
  const reach = [(kh - 1) * window.dilations[0], (kw - 1) * window.dilations[1]] as const;
  if (window.strides[0] === 1 && window.strides[1] === 1 && groups === 1) {
    const turned = transpose(graph, reversedTaps(graph, filter, [0, 0], UNIT), [2, 3, 0, 1]);
    const before = [reach[0] - window.before[0], reach[1] - window.before[1]] as const;
    const after = [info.inHeight + reach[0] - info.outHeight - before[0], info.inWidth + reach[1] - info.outWidth - before[1]] as const;
    const fitted = cropped(graph, image, before, after);
    return convolve(graph, fitted.image, turned, { ...window, strides: UNIT, before: fitted.before, after: fitted.after });
  }
  const extra = ([0, 1] as const).map((axis) => {
    const [input, output] = axis === 0 ? [info.inHeight, info.outHeight] : [info.inWidth, info.outWidth];
    return input - ((output - 1) * window.strides[axis] + reach[axis] + 1 - window.before[axis] - window.after[axis]);
  });
  // What the last stride did not reach is gradient 0: the paddings behind are lessened by it.
  const after = ([0, 1] as const).map((axis) => window.after[axis] - (extra[axis] as number));
  const attributes = {
    kernel_shape: ints(window.kernel),
    strides: ints(window.strides),
    dilations: ints(window.dilations),
    group: int(groups),
    pads: ints([...window.before, ...after.map((amount) => Math.max(0, amount))]),
    output_padding: ints(after.map((amount) => Math.max(0, -amount))),
  };
  const weights = groups === 1 ? oihwFilter(graph, filter) : filter;
  const shape = [info.batchSize, info.inChannels, info.inHeight, info.inWidth];
  return graph.add('ConvTranspose', [image, weights], { shape, dtype: 'float32' }, attributes);
};

export const convolutionInputGradient: Kernel = (call) => {
  const { trace } = call;
  const attributes = attributesAs<Conv2DBackpropInputAttrs>(call);
  const [dy, filter] = [call.input('dy'), call.input('filter')];
  const convolution = convolutionOf(attributes.inputShape, filter.shape, attributes);
  const { inShape } = convolution.info;
  const weights = nhwc(trace, filter);
  if (!allows(trace, inShape, 'NCHWc') || !allows(trace, dy.shape, 'NCHWc')) {
    return tracedIn('NCHW', nchwInputGradient(trace, dy, weights, convolution, 1), inShape);
  }
  return nchwcInputGradient(trace, dy, weights, convolution, (image, taps, window, epilogue) =>
    convolveNchwc(trace.graph, image, iohwBoBiFilter(trace.graph, taps, trace.block), window, 1, epilogue),
  );
};
