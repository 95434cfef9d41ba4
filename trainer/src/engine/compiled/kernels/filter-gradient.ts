import type { Conv2DBackpropFilterAttrs } from '@tensorflow/tfjs';
import { binary } from '../graph/arithmetic.ts';
import { matMul, reduce } from '../graph/contraction.ts';
import { convolveNchwc, copyPixels } from '../graph/convolution.ts';
import { concat, pad, reshape, slice, transpose } from '../graph/shaping.ts';
import { elements, largestDivisor, type Value } from '../graph/value.ts';
import { allows, asImage, valueIn } from '../layout.ts';
import { isStridedPoint, seenPixels } from '../seen-pixels.ts';
import type { Trace } from '../trace.ts';
import { type Traced, tracedIn, tracedNhwc } from '../traced.ts';
import { attributesAs, type Kernel } from './kernel.ts';
import { isSmallPointwise, pointwiseFilterGradient } from './pointwise-filter-gradient.ts';
import { type Convolution, convolutionOf } from './window.ts';

/** Images whose products are summed within one convolution; more spill the cache, fewer leave more sums to be added up. */
const IMAGES_AT_ONCE = 8;

/** An image of so many pixels is summed alone: dy then lies as the convolution takes it, and is far larger than the sums that are left. */
const PIXELS_ALONE = 1024;

const imagesAtOnce = ({ block }: Trace, { info }: Convolution): number => {
  // A single block of channels lies so in any case.
  const ordered = info.outChannels === block;
  return !ordered && info.outHeight * info.outWidth >= PIXELS_ALONE ? 1 : IMAGES_AT_ONCE;
};

/** Pads or cuts an axis at both ends. */
export const fit = (trace: Trace, x: Value, axis: number, before: number, after: number): Value => {
  const extent = x.shape[axis] as number;
  const cut = slice(trace.graph, x, [{ axis, begin: Math.max(0, -before), end: extent - Math.max(0, -after) }]);
  const amounts = x.shape.map((_, own) => (own === axis ? ([Math.max(0, before), Math.max(0, after)] as const) : ([0, 0] as const)));
  return pad(trace.graph, cut, amounts);
};

/** Rows of x, [images · channels / B · height, width · B], padded or cut at both ends as the window requires. */
export const widened = (trace: Trace, x: Traced, convolution: Convolution): Value => {
  const { graph, block } = trace;
  const { info, window } = convolution;
  const [left, right] = [window.before[1], behind(convolution, 1)];
  const lines = (info.batchSize * info.inChannels * info.inHeight) / block;
  const rows = (image: Value) => reshape(graph, image, [lines, elements(image.shape) / lines]);
  const image = asImage(trace, valueIn(trace, x, 'NCHWc'), x.shape);
  const pads = { before: [0, Math.max(0, left)], after: [0, Math.max(0, right)] } as const;
  const padded = left > 0 || right > 0 ? copyPixels(graph, image, pads) : image;
  return fit(trace, rows(padded), 1, Math.min(0, left) * block, Math.min(0, right) * block);
};

const widenedNhwc = (trace: Trace, x: Traced, convolution: Convolution): Value => {
  const { info, window } = convolution;
  const rows = reshape(trace.graph, valueIn(trace, x, 'NHWC'), [info.batchSize * info.inHeight, info.inWidth * info.inChannels]);
  return fit(trace, rows, 1, window.before[1] * info.inChannels, behind(convolution, 1) * info.inChannels);
};

/** What has to be added behind an axis for every tap to see as many pixels as dy has. */
export const behind = ({ info, window }: Convolution, axis: 0 | 1): number => {
  const [input, output] = axis === 0 ? [info.inHeight, info.outHeight] : [info.inWidth, info.outWidth];
  return (output - 1) * window.strides[axis] + (window.kernel[axis] - 1) * window.dilations[axis] + 1 - input - window.before[axis];
};

/**
 * dW[i, j, c, o] = Σ over images n and pixels p of x[n, c, p + (i, j)] · dy[n, o, p], as a convolution in which images take the channels'
 * place: the pictures of x are convolved with those of dy, which are filters as large as the picture, and only kh × kw results are
 * needed. No shifted copies are made: the channels of x that are adjacent in memory are treated as pixels of one
 * wide row, and the filter's pixels lie as many apart (its dilation). Then a result's place in the row is (j, c).
 */
const nchwcFilterGradient = (trace: Trace, x: Traced, dy: Traced, convolution: Convolution): Value => {
  const { graph, block } = trace;
  const { info, window } = convolution;
  const [kh, kw] = window.kernel;
  const images = info.batchSize;
  const inBlocks = allows(trace, x.shape, 'NCHWc');
  const lanes = inBlocks ? block : info.inChannels;
  const slabs = info.inChannels / lanes;
  const outBlocks = info.outChannels / block;
  const below = behind(convolution, 0);

  const wide = inBlocks ? widened(trace, x, convolution) : widenedNhwc(trace, x, convolution);
  const width = wide.shape[1] as number;
  const bySlab = transpose(graph, reshape(graph, wide, [images, slabs, info.inHeight * width]), [1, 0, 2]);
  const pictures = fit(
    trace,
    reshape(graph, bySlab, [slabs, images, info.inHeight, width]),
    2,
    Math.min(0, window.before[0]),
    Math.min(0, below),
  );
  const gradients = reshape(graph, valueIn(trace, dy, 'NCHWc'), [images, outBlocks, info.outHeight * info.outWidth * block]);

  /** [slabs, results] of some of the images. */
  const partial = ({ from, count }: { from: number; count: number }): Value => {
    const together = largestDivisor(count, Math.min(imagesAtOnce(trace, convolution), block - 1));
    const groups = count / together;
    const own = reshape(graph, slice(graph, gradients, [{ axis: 0, begin: from, end: from + count }]), [
      groups,
      together,
      outBlocks,
      info.outHeight * info.outWidth * block,
    ]);
    const filterShape = [groups * info.outChannels, together, info.outHeight, info.outWidth];
    const products = convolveNchwc(
      graph,
      slice(graph, pictures, [{ axis: 1, begin: from, end: from + count }]),
      reshape(graph, transpose(graph, own, [0, 2, 1, 3]), filterShape),
      {
        kernel: [info.outHeight, info.outWidth],
        strides: [1, 1],
        dilations: [window.strides[0], window.strides[1] * lanes],
        before: [window.before[0], 0],
        after: [Math.max(0, below), 0],
      },
      groups,
    );
    const apart = reshape(graph, products, [slabs, groups, outBlocks * kh * kw * lanes * block]);
    return together > 1 ? reduce(graph, 'ReduceSum', apart, [1]) : sumOfMany(trace, apart);
  };

  const sums = portions(images, block)
    .map(partial)
    .reduce((a, b) => binary(graph, 'Add', a, b));
  const ordered = transpose(graph, reshape(graph, sums, [slabs, outBlocks, kh * kw, lanes, block]), [2, 0, 3, 1, 4]);
  return reshape(graph, ordered, [kh, kw, info.inChannels, info.outChannels]);
};

/** Σ over the second of three axes, as a matrix product: of many groups, ReduceSum takes five times as long. */
const sumOfMany = ({ graph }: Trace, x: Value): Value => {
  const [slabs, groups, results] = x.shape as [number, number, number];
  const ones = graph.constant(new Float32Array(groups).fill(1), [1, groups], 'float32');
  return reshape(graph, matMul(graph, ones, x), [slabs, results]);
};

/** The kernel takes fewer channels than a block, or whole blocks of them: here channels are images. */
const portions = (images: number, block: number): { from: number; count: number }[] => {
  const whole = images - (images % block);
  return [
    { from: 0, count: whole },
    { from: whole, count: images - whole },
  ].filter(({ count }) => count > 0);
};

/** Pixels of x that one tap of the filter sees: [N, C, OH · OW]. */
export const tapPixels = (trace: Trace, padded: Value, { info, window }: Convolution, i: number, j: number): Value => {
  const [sh, sw] = window.strides;
  const [top, left] = [i * window.dilations[0], j * window.dilations[1]];
  const seen = slice(trace.graph, padded, [
    { axis: 2, begin: top, end: top + (info.outHeight - 1) * sh + 1, step: sh },
    { axis: 3, begin: left, end: left + (info.outWidth - 1) * sw + 1, step: sw },
  ]);
  return reshape(trace.graph, seen, [info.batchSize, info.inChannels, info.outHeight * info.outWidth]);
};

export const paddedNchw = (trace: Trace, x: Traced, convolution: Convolution): Value => {
  const { window } = convolution;
  const tall = fit(trace, valueIn(trace, x, 'NCHW'), 2, window.before[0], behind(convolution, 0));
  return fit(trace, tall, 3, window.before[1], behind(convolution, 1));
};

/** The same from the pixels that each tap sees, side by side, times dy: for channels that do not fill blocks, and for GPUs. */
const nchwFilterGradient = (trace: Trace, x: Traced, dy: Traced, convolution: Convolution): Value => {
  const { graph } = trace;
  const { info, window } = convolution;
  const [kh, kw] = window.kernel;
  const padded = paddedNchw(trace, x, convolution);
  const taps: Value[] = [];
  for (let i = 0; i < kh; i++) for (let j = 0; j < kw; j++) taps.push(tapPixels(trace, padded, convolution, i, j));
  const columns = concat(graph, taps, 1); // [N, kh · kw · C, OH · OW]
  const gradient = reshape(graph, valueIn(trace, dy, 'NCHW'), [info.batchSize, info.outChannels, info.outHeight * info.outWidth]);
  const perImage = matMul(graph, columns, gradient, { transposeB: true });
  return reshape(graph, reduce(graph, 'ReduceSum', perImage, [0]), [kh, kw, info.inChannels, info.outChannels]);
};

/** What a convolution sees of x, where it sees every s-th pixel alone. */
const seenBy = (trace: Trace, x: Traced, { info, window }: Convolution): Traced => {
  const seen = seenPixels(trace, asImage(trace, valueIn(trace, x, 'NCHWc'), x.shape), window);
  return tracedIn('NCHWc', seen, [info.batchSize, info.outHeight, info.outWidth, info.inChannels]);
};

export const convolutionFilterGradient: Kernel = (call) => {
  const { trace } = call;
  const attributes = attributesAs<Conv2DBackpropFilterAttrs>(call);
  const { filterShape } = attributes;
  const [given, dy] = [call.input('x'), call.input('dy')];
  const whole = convolutionOf(given.shape, filterShape, attributes);
  const inBlocks = allows(trace, dy.shape, 'NCHWc') && elements(whole.window.dilations) === 1;
  const strided = inBlocks && allows(trace, given.shape, 'NCHWc') && isStridedPoint(whole.window);
  const x = strided ? seenBy(trace, given, whole) : given;
  const convolution = strided ? convolutionOf(x.shape, filterShape, { strides: 1, pad: 'valid' }) : whole;
  if (inBlocks && isSmallPointwise(trace, x, convolution)) {
    return tracedNhwc(reshape(trace.graph, pointwiseFilterGradient(trace, x, dy), filterShape));
  }
  const gradient = (inBlocks ? nchwcFilterGradient : nchwFilterGradient)(trace, x, dy, convolution);
  return tracedNhwc(gradient);
};
