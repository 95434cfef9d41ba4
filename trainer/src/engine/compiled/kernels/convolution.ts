import type { Conv2DAttrs } from '@tensorflow/tfjs';
import { tracedConvolution } from '../channel-affine.ts';
import { convolve, convolveNchwc, type Epilogue, POINT } from '../graph/convolution.ts';
import type { Value } from '../graph/value.ts';
import { allows, asImage, nhwc, valueIn } from '../layout.ts';
import { meanOfConvolution } from '../mean-of-convolution.ts';
import { isStridedPoint, seenPixels } from '../seen-pixels.ts';
import { tracedIn } from '../traced.ts';
import { convolutionFilterGradient } from './filter-gradient.ts';
import { oihwBiBoFilter, oihwBoFilter, oihwFilter, scaledOutputs } from './filters.ts';
import { convolutionInputGradient } from './input-gradient.ts';
import { attributesAs, type Kernel, type KernelTable } from './kernel.ts';
import { convolutionOf } from './window.ts';

const convolution: Kernel = (call) => {
  const { trace } = call;
  const { graph, block } = trace;
  const [x, filter] = [call.input('x'), call.input('filter')];
  const { info, window } = convolutionOf(x.shape, filter.shape, attributesAs<Conv2DAttrs>(call));
  const weights = nhwc(trace, filter);
  const nchwcResult = allows(trace, info.outShape, 'NCHWc');
  const nchwcInput = allows(trace, x.shape, 'NCHWc');
  if (!nchwcResult || !(nchwcInput || info.inChannels < block)) {
    const value = convolve(graph, valueIn(trace, x, 'NCHW'), oihwFilter(graph, weights), window);
    return tracedIn('NCHW', value, info.outShape);
  }
  const whole = asImage(trace, valueIn(trace, x, nchwcInput ? 'NCHWc' : 'NCHW'), x.shape);
  const strided = nchwcInput && isStridedPoint(window);
  const [image, seen] = strided ? [seenPixels(trace, whole, window), POINT] : [whole, window];
  const order = nchwcInput ? oihwBiBoFilter : oihwBoFilter;
  const of = (images: Value, scale: Value | null, epilogue: Epilogue) =>
    convolveNchwc(graph, images, order(graph, scaledOutputs(graph, weights, scale), block), seen, 1, epilogue);
  return tracedConvolution(
    trace,
    info.outShape,
    (scale, epilogue) => of(image, scale, epilogue),
    () => meanOfConvolution(trace, image, seen, (mean) => of(mean, null, {})),
  );
};

export const convolutionKernels: KernelTable = {
  Conv2D: convolution,
  Conv2DBackpropInput: convolutionInputGradient,
  Conv2DBackpropFilter: convolutionFilterGradient,
};
