import type { Conv2DAttrs } from '@tensorflow/tfjs';
import { tracedConvolution } from '../channel-affine.ts';
import { convolve, convolveBlocked } from '../graph/convolution.ts';
import { allows, asImage, form, plain } from '../layout.ts';
import { tracedIn } from '../traced.ts';
import { convolutionFilterGradient } from './filter-gradient.ts';
import { blockedFilter, outputBlockedFilter, planarFilter, scaledOutputs } from './filters.ts';
import { convolutionInputGradient } from './input-gradient.ts';
import { attributesAs, type Kernel, type KernelTable } from './kernel.ts';
import { convolutionOf } from './window.ts';

const convolution: Kernel = (call) => {
  const { trace } = call;
  const { graph, block } = trace;
  const [x, filter] = [call.input('x'), call.input('filter')];
  const { info, window } = convolutionOf(x.shape, filter.shape, attributesAs<Conv2DAttrs>(call));
  const weights = plain(trace, filter);
  const blockedResult = allows(trace, info.outShape, 'blocked');
  const blockedInput = allows(trace, x.shape, 'blocked');
  if (!blockedResult || !(blockedInput || info.inChannels < block)) {
    const value = convolve(graph, form(trace, x, 'planar'), planarFilter(graph, weights), window);
    return tracedIn('planar', value, info.outShape);
  }
  const image = asImage(trace, form(trace, x, blockedInput ? 'blocked' : 'planar'), x.shape);
  const order = blockedInput ? blockedFilter : outputBlockedFilter;
  return tracedConvolution(trace, info.outShape, (scale, extras) =>
    convolveBlocked(graph, image, order(graph, scaledOutputs(graph, weights, scale), block), window, 1, extras),
  );
};

export const convolutionKernels: KernelTable = {
  Conv2D: convolution,
  Conv2DBackpropInput: convolutionInputGradient,
  Conv2DBackpropFilter: convolutionFilterGradient,
};
