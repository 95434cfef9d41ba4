import { matMul } from '../graph/contraction.ts';
import { isPoint } from '../graph/convolution.ts';
import { reshape } from '../graph/shaping.ts';
import { int, type Value } from '../graph/value.ts';
import { allows, valueIn } from '../layout.ts';
import type { Trace } from '../trace.ts';
import type { Traced } from '../traced.ts';
import type { Convolution } from './window.ts';

/** Larger pictures are convolved with each other faster than they are put in order for a matrix product. */
const MOST_PIXELS = 16;

/** Whether dW of that convolution is one matrix product, of pictures so small that their products would leave more numbers than they have. */
export const isSmallPointwise = (trace: Trace, x: Traced, { info, window }: Convolution): boolean =>
  isPoint(window) && info.outHeight * info.outWidth <= MOST_PIXELS && allows(trace, x.shape, 'NCHWc');

/**
 * An NCHWc tensor as a matrix, [images · pixels, channels]. ReorderInput takes the blocks of an image for pixels and its pixels for blocks of
 * channels, and exchanges them, a whole block at a time and on all threads.
 */
const byPixels = ({ graph, block }: Trace, image: Value): Value => {
  const [images, channels, height, width] = image.shape as [number, number, number, number];
  const pixels = height * width;
  const turned = { shape: [images, 1, channels / block, pixels * block], dtype: image.dtype };
  const given = reshape(graph, image, turned.shape);
  return reshape(graph, graph.add('ReorderInput', [given], turned, { channels_last: int(1) }, 'com.microsoft.nchwc'), [
    images * pixels,
    channels,
  ]);
};

/** dW of a 1 × 1 convolution without strides, [inputs, outputs]: xᵀ · dy over the pixels of all images. */
export const pointwiseFilterGradient = (trace: Trace, x: Traced, dy: Traced): Value => {
  const matrix = (own: Traced) => byPixels(trace, valueIn(trace, own, 'NCHWc'));
  return matMul(trace.graph, matrix(x), matrix(dy), { transposeA: true });
};
