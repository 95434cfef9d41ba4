import { binary } from './graph/arithmetic.ts';
import { reduce } from './graph/contraction.ts';
import { isPoint, type Window } from './graph/convolution.ts';
import { reshape } from './graph/shaping.ts';
import type { Value } from './graph/value.ts';
import type { Trace } from './trace.ts';

/** Of fewer images, the convolution of the mean is no small part of the whole. */
const FEWEST_IMAGES = 8;

/** The mean over the pixels of one image in NCHWc, [1, channels, 1, 1]. */
const meanOfPixels = ({ graph, block }: Trace, image: Value): Value => {
  const [, channels, height, width] = image.shape as [number, number, number, number];
  const means = reduce(graph, 'ReduceMean', reshape(graph, image, [channels / block, height * width, block]), [1]);
  return reshape(graph, means, [1, channels, 1, 1]);
};

/**
 * The mean of a convolution's result in NCHWc over images and pixels, [channels]. A convolution is linear, so it is the mean of the convolved
 * mean of the images, which costs little. A batch norm thereby knows its mean before the convolution is computed, and subtracts it
 * as the convolution's bias instead of in a pass over the result.
 *
 * @param image what is convolved, [batch, channels, height, width] in NCHWc, or in NCHW where the channels fill no blocks
 * @param convolve the same convolution of another image
 * @returns null where there are too few images for it to be worth while
 */
export const meanOfConvolution = (trace: Trace, image: Value, window: Window, convolve: (image: Value) => Value): Value | null => {
  const { graph, block } = trace;
  const [batch, channels, height, width] = image.shape as [number, number, number, number];
  if (batch < FEWEST_IMAGES) return null;
  // ONNX Runtime's sums are faster than its means: what is left in the end is divided.
  const flat = reduce(graph, 'ReduceSum', reshape(graph, image, [batch, channels * height * width]), [0]);
  const sum = reshape(graph, flat, [1, channels, height, width]);
  // To a 1 × 1 convolution, pixels are no more than images are.
  const least = isPoint(window) && channels % block === 0 ? meanOfPixels(trace, sum) : sum;
  const result = meanOfPixels(trace, convolve(least));
  return binary(graph, 'Mul', reshape(graph, result, [result.shape[1] as number]), graph.scalar(1 / batch));
};
