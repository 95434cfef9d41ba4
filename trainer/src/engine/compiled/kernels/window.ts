import { tf } from '../../tf.ts';
import type { Window } from '../graph/convolution.ts';
import type { Graph } from '../graph/graph.ts';
import { slice } from '../graph/shaping.ts';
import type { Value } from '../graph/value.ts';

type ConvolutionAttributes = {
  readonly strides: number | [number, number];
  readonly pad: 'valid' | 'same' | number | tf.backend_util.ExplicitPadding;
  readonly dataFormat?: 'NHWC' | 'NCHW';
  readonly dilations?: number | [number, number] | null;
  readonly dimRoundingMode?: 'floor' | 'round' | 'ceil';
};

/** A convolution as TensorFlow.js describes it, and its window as the graph takes it. */
export type Convolution = { readonly info: tf.backend_util.Conv2DInfo; readonly window: Window };

const windowOf = (info: tf.backend_util.Conv2DInfo): Window => ({
  kernel: [info.filterHeight, info.filterWidth],
  strides: [info.strideHeight, info.strideWidth],
  dilations: [info.dilationHeight, info.dilationWidth],
  before: [info.padInfo.top, info.padInfo.left],
  after: [info.padInfo.bottom, info.padInfo.right],
});

export const convolutionOf = (
  inputShape: readonly number[],
  filterShape: readonly number[],
  { strides, pad, dataFormat = 'NHWC', dilations, dimRoundingMode }: ConvolutionAttributes,
  depthwise = false,
): Convolution => {
  if (dataFormat !== 'NHWC')
    throw new Error(`dataFormat ${dataFormat} is not supported by the compiled engine, which chooses layouts itself: pass NHWC`);
  const image = inputShape as [number, number, number, number];
  const filter = filterShape as [number, number, number, number];
  const info = tf.backend_util.computeConv2DInfo(image, filter, strides, dilations ?? 1, pad, dimRoundingMode, depthwise);
  return { info, window: windowOf(info) };
};

export const poolingOf = (
  inputShape: readonly number[],
  { filterSize, strides, pad, dimRoundingMode }: { filterSize: number | [number, number] } & ConvolutionAttributes,
): Convolution => {
  const image = inputShape as [number, number, number, number];
  const info = tf.backend_util.computePool2DInfo(image, filterSize, strides, 1, pad, dimRoundingMode);
  return { info, window: windowOf(info) };
};

/** Paddings below zero cut something off instead: cuts it, and gives the paddings that are left. */
export const cropped = (graph: Graph, image: Value, before: readonly [number, number], after: readonly [number, number]) => {
  const cuts = ([0, 1] as const).map((axis) => ({
    axis: axis + 2,
    begin: Math.max(0, -before[axis]),
    end: (image.shape[axis + 2] as number) - Math.max(0, -after[axis]),
  }));
  return { image: slice(graph, image, cuts), before: notNegative(before), after: notNegative(after) };
};

export const notNegative = ([first, second]: readonly [number, number]) => [Math.max(0, first), Math.max(0, second)] as const;
