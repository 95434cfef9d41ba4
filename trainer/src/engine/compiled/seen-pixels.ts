import { convolveNchwc, POINT, type Window } from './graph/convolution.ts';
import type { Value } from './graph/value.ts';
import type { Trace } from './trace.ts';

/** Whether a convolution sees every s-th pixel and no other, as that of a shortcut with strides does. */
export const isStridedPoint = ({ kernel, strides, before, after }: Window): boolean =>
  kernel.every((extent) => extent === 1) && strides.some((stride) => stride > 1) && [...before, ...after].every((amount) => amount === 0);

/**
 * The pixels of an NCHWc image that such a convolution sees, as an image of their own. Copied on all threads once, they serve the convolution, which reads
 * rows without gaps, and its filter's gradient, which needs no other pixels cut out.
 */
export const seenPixels = ({ graph }: Trace, image: Value, { strides }: Window): Value => {
  const channels = image.shape[1] as number;
  const ones = graph.constant(new Float32Array(channels).fill(1), [channels, 1, 1, 1], 'float32');
  return convolveNchwc(graph, image, ones, { ...POINT, strides }, channels);
};
