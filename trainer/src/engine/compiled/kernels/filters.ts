import { binary } from '../graph/arithmetic.ts';
import type { Graph } from '../graph/graph.ts';
import { type Cut, reshape, slice, transpose } from '../graph/shaping.ts';
import { int, type Value } from '../graph/value.ts';

/**
 * Filters come in HWIO, TensorFlow.js's order: [height, width, inputs, outputs], or [height, width, channels, 1] for depthwise ones. What they are
 * turned into is named as in ONNX Runtime: O and I are outputs and inputs, Bo and Bi blocks of B of them.
 */

/** [outputs, inputs, height, width]: what convolutions in NCHW take. */
export const oihwFilter = (graph: Graph, filter: Value): Value => transpose(graph, filter, [3, 2, 0, 1]);

/** The filter of a convolution whose results are scaled, each by its channel's number ([outputs] or a scalar). */
export const scaledOutputs = (graph: Graph, filter: Value, scale: Value | null): Value =>
  scale === null ? filter : binary(graph, 'Mul', filter, scale);

/** The same by inputs, for the gradient and for depthwise filters. */
export const scaledInputs = (graph: Graph, filter: Value, scale: Value | null): Value =>
  scale === null || scale.shape.length === 0
    ? scaledOutputs(graph, filter, scale)
    : binary(graph, 'Mul', filter, reshape(graph, scale, [...scale.shape, 1]));

const extents = (filter: Value) => filter.shape as [number, number, number, number];

/** What convolutions in NCHWc take: in memory [outputs / B, inputs / B, height, width, B of inputs, B of outputs]. */
export const oihwBiBoFilter = (graph: Graph, filter: Value, block: number): Value => {
  const [height, width, inputs, outputs] = extents(filter);
  const parted = reshape(graph, filter, [height, width, inputs / block, block, outputs / block, block]);
  return reshape(graph, transpose(graph, parted, [4, 2, 0, 1, 3, 5]), [outputs, inputs, height, width]);
};

/** For fewer inputs than a block: in memory [outputs / B, inputs, height, width, B of outputs]. */
export const oihwBoFilter = (graph: Graph, filter: Value, block: number): Value => {
  const [height, width, inputs, outputs] = extents(filter);
  const parted = reshape(graph, filter, [height, width, inputs, outputs / block, block]);
  return reshape(graph, transpose(graph, parted, [3, 2, 0, 1, 4]), [outputs, inputs, height, width]);
};

/**
 * Inputs and outputs exchanged, for the gradient with respect to the input: in memory
 * [inputs / B, outputs / B, height, width, B of outputs, B of inputs].
 */
export const iohwBoBiFilter = (graph: Graph, filter: Value, block: number): Value => {
  const [height, width, inputs, outputs] = extents(filter);
  const taps = height * width;
  // Blocking the inputs of each tap as if its outputs were pixels turns every block × block square; Transpose would move single numbers.
  const image = reshape(graph, filter, [taps, inputs, 1, outputs]);
  const turned = graph.add('ReorderInput', [image], image, { channels_last: int(0) }, 'com.microsoft.nchwc');
  const squares = reshape(graph, turned, [taps, inputs / block, outputs / block, block * block]);
  return reshape(graph, transpose(graph, squares, [1, 2, 0, 3]), [inputs, outputs, height, width]);
};

/** One filter per channel: in memory [channels / B, height, width, B]. */
export const depthwiseOihwBoFilter = (graph: Graph, filter: Value, block: number): Value => {
  const [height, width, channels] = extents(filter);
  const parted = reshape(graph, filter, [height, width, channels / block, block]);
  return reshape(graph, transpose(graph, parted, [2, 0, 1, 3]), [channels, 1, height, width]);
};

/** [channels · multiplier, 1, height, width] */
export const depthwiseOihwFilter = (graph: Graph, filter: Value): Value => {
  const [height, width, channels, multiplier] = extents(filter);
  return reshape(graph, transpose(graph, filter, [2, 3, 0, 1]), [channels * multiplier, 1, height, width]);
};

/** Taps first, first + step, … of each axis, in reverse order. */
export const reversedTaps = (graph: Graph, filter: Value, first: readonly [number, number], step: readonly [number, number]): Value => {
  const cuts: Cut[] = [];
  for (const axis of [0, 1] as const) {
    const count = tapCount(filter.shape[axis] as number, first[axis], step[axis]);
    if (count === filter.shape[axis] && count === 1) continue;
    cuts.push({ axis, begin: first[axis] + (count - 1) * step[axis], end: first[axis] - 1, step: -step[axis] });
  }
  return slice(graph, filter, cuts);
};

export const tapCount = (extent: number, first: number, step: number): number => Math.max(0, Math.ceil((extent - first) / step));
