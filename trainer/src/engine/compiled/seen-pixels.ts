import { copyPixels, isPoint, type Window } from './graph/convolution.ts';
import type { Value } from './graph/value.ts';
import type { Trace } from './trace.ts';

/** Whether a convolution sees every s-th pixel and no other, as that of a shortcut with strides does. */
export const isStridedPoint = (window: Window): boolean => !isPoint(window) && isPoint({ ...window, strides: [1, 1] });

/**
 * The pixels of an NCHWc image that such a convolution sees, as an image of their own. Copied once, they serve the convolution, which reads rows without
 * gaps, and its filter's gradient, which needs no other pixels cut out.
 */
export const seenPixels = ({ graph }: Trace, image: Value, { strides }: Window): Value => copyPixels(graph, image, { strides });
