import type {
  DepthwiseConv2dNativeAttrs,
  DepthwiseConv2dNativeBackpropFilterAttrs,
  DepthwiseConv2dNativeBackpropInputAttrs,
} from '@tensorflow/tfjs';
import { tracedConvolution } from '../channel-affine.ts';
import { binary } from '../graph/arithmetic.ts';
import { reduce } from '../graph/contraction.ts';
import { convolve, convolveNchwc, type Epilogue } from '../graph/convolution.ts';
import { concat, reshape, transpose } from '../graph/shaping.ts';
import type { Value } from '../graph/value.ts';
import { allows, asImage, nhwc, valueIn } from '../layout.ts';
import { meanOfConvolution } from '../mean-of-convolution.ts';
import type { Trace } from '../trace.ts';
import { type Traced, tracedIn, tracedNhwc } from '../traced.ts';
import { behind, fit, paddedNchw, tapPixels, widened } from './filter-gradient.ts';
import { depthwiseOihwBoFilter, depthwiseOihwFilter, scaledInputs } from './filters.ts';
import { nchwcInputGradient, nchwInputGradient } from './input-gradient.ts';
import { attributesAs, type Kernel, type KernelTable } from './kernel.ts';
import { type Convolution, convolutionOf } from './window.ts';

/** Whether NCHWc is possible: every channel has one filter, and channels fill whole blocks. */
const inBlocks = (trace: Trace, shape: readonly number[], multiplier: number): boolean => multiplier === 1 && allows(trace, shape, 'NCHWc');

const forward: Kernel = (call) => {
  const { trace } = call;
  const { graph, block } = trace;
  const [x, filter] = [call.input('x'), call.input('filter')];
  const { info, window } = convolutionOf(x.shape, filter.shape, attributesAs<DepthwiseConv2dNativeAttrs>(call), true);
  const weights = nhwc(trace, filter);
  const channels = info.inChannels;
  if (!inBlocks(trace, x.shape, filter.shape[3] as number)) {
    const value = convolve(graph, valueIn(trace, x, 'NCHW'), depthwiseOihwFilter(graph, weights), window, channels);
    return tracedIn('NCHW', value, info.outShape);
  }
  const image = asImage(trace, valueIn(trace, x, 'NCHWc'), x.shape);
  const of = (images: Value, scale: Value | null, epilogue: Epilogue) =>
    convolveNchwc(graph, images, depthwiseOihwBoFilter(graph, scaledInputs(graph, weights, scale), block), window, channels, epilogue);
  return tracedConvolution(
    trace,
    info.outShape,
    (scale, epilogue) => of(image, scale, epilogue),
    () => meanOfConvolution(trace, image, window, (mean) => of(mean, null, {})),
  );
};

const inputGradient: Kernel = (call) => {
  const { trace } = call;
  const { graph, block } = trace;
  const attributes = attributesAs<DepthwiseConv2dNativeBackpropInputAttrs>(call);
  const [dy, filter] = [call.input('dy'), call.input('filter')];
  const convolution = convolutionOf(attributes.inputShape, filter.shape, attributes, true);
  const { inShape, inChannels } = convolution.info;
  const weights = nhwc(trace, filter);
  if (!inBlocks(trace, inShape, filter.shape[3] as number)) {
    return tracedIn('NCHW', nchwInputGradient(trace, dy, depthwiseOihwFilter(graph, weights), convolution, inChannels), inShape);
  }
  return nchwcInputGradient(trace, dy, weights, convolution, (image, taps, window, epilogue) =>
    convolveNchwc(graph, image, depthwiseOihwBoFilter(graph, taps, block), window, inChannels, epilogue),
  );
};

/**
 * dW[i, j, c] = Σ over images n and pixels p of x[n, c, p + (i, j)] · dy[n, c, p]: every channel of every image is a channel of its own,
 * convolved with its dy as a filter as large as the picture.
 */
const nchwcFilterGradient = (trace: Trace, x: Traced, dy: Traced, convolution: Convolution): Value => {
  const { graph, block } = trace;
  const { info, window } = convolution;
  const [kh, kw] = window.kernel;
  const channels = info.batchSize * info.inChannels;
  const wide = widened(trace, x, convolution);
  const pictures = reshape(graph, wide, [channels / block, info.inHeight, wide.shape[1] as number]);
  const tall = fit(trace, pictures, 1, 0, Math.min(0, behind(convolution, 0)));
  const products = convolveNchwc(
    graph,
    reshape(graph, tall, [1, channels, tall.shape[1] as number, (tall.shape[2] as number) / block]),
    reshape(graph, valueIn(trace, dy, 'NCHWc'), [channels, 1, info.outHeight, info.outWidth]),
    {
      kernel: [info.outHeight, info.outWidth],
      strides: [1, 1],
      dilations: window.strides,
      before: [window.before[0], 0],
      after: [Math.max(0, behind(convolution, 0)), 0],
    },
    channels,
  );
  const perImage = reshape(graph, products, [info.batchSize, info.inChannels * kh * kw]);
  const sums = reshape(graph, reduce(graph, 'ReduceSum', perImage, [0]), [info.inChannels / block, kh, kw, block]);
  return reshape(graph, transpose(graph, sums, [1, 2, 0, 3]), [kh, kw, info.inChannels, 1]);
};

const nchwFilterGradient = (trace: Trace, x: Traced, dy: Traced, convolution: Convolution, multiplier: number): Value => {
  const { graph } = trace;
  const { info, window } = convolution;
  const [kh, kw] = window.kernel;
  const pixels = info.outHeight * info.outWidth;
  const padded = paddedNchw(trace, x, convolution);
  const gradient = reshape(graph, valueIn(trace, dy, 'NCHW'), [info.batchSize, info.inChannels, multiplier, pixels]);
  const taps: Value[] = [];
  for (let i = 0; i < kh; i++) {
    for (let j = 0; j < kw; j++) {
      const seen = reshape(graph, tapPixels(trace, padded, convolution, i, j), [info.batchSize, info.inChannels, 1, pixels]);
      taps.push(reduce(graph, 'ReduceSum', reduce(graph, 'ReduceSum', binary(graph, 'Mul', seen, gradient), [3]), [0], true));
    }
  }
  return reshape(graph, concat(graph, taps, 0), [kh, kw, info.inChannels, multiplier]);
};

const filterGradient: Kernel = (call) => {
  const { trace } = call;
  const attributes = attributesAs<DepthwiseConv2dNativeBackpropFilterAttrs>(call);
  const [x, dy] = [call.input('x'), call.input('dy')];
  const convolution = convolutionOf(x.shape, attributes.filterShape, attributes, true);
  const multiplier = attributes.filterShape[3];
  const undilated = convolution.window.dilations.every((dilation) => dilation === 1);
  if (inBlocks(trace, x.shape, multiplier) && undilated) return tracedNhwc(nchwcFilterGradient(trace, x, dy, convolution));
  return tracedNhwc(nchwFilterGradient(trace, x, dy, convolution, multiplier));
};

export const depthwiseKernels: KernelTable = {
  DepthwiseConv2dNative: forward,
  DepthwiseConv2dNativeBackpropInput: inputGradient,
  DepthwiseConv2dNativeBackpropFilter: filterGradient,
};
