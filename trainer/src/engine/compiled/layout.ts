import { LONGEST_ROW } from './graph/convolution.ts';
import { expand, reshape, transpose } from './graph/shaping.ts';
import { elements, int, largestDivisor, type Value } from './graph/value.ts';
import type { Trace } from './trace.ts';
import type { Layout, Traced } from './traced.ts';

/** The extents of a tensor [batch, …space, channels]. */
type Extents = { readonly batch: number; readonly space: readonly number[]; readonly channels: number };

export const extentsOf = (shape: readonly number[]): Extents => ({
  batch: shape[0] as number,
  space: shape.slice(1, -1),
  channels: shape.at(-1) as number,
});

/** The logical shape that the ONNX graph gives a tensor of that TensorFlow.js shape. */
export const onnxShape = (shape: readonly number[], layout: Layout): number[] => {
  if (layout === 'NHWC') return [...shape];
  const { batch, space, channels } = extentsOf(shape);
  return [batch, channels, ...space];
};

/** The physical shape, by which the numbers lie in memory: the logical one, but for NCHWc tensors, which get an axis for the block. */
export const physicalShape = (trace: Trace, shape: readonly number[], layout: Layout): number[] => {
  if (layout !== 'NCHWc') return onnxShape(shape, layout);
  const { batch, space, channels } = extentsOf(shape);
  return [batch, channels / trace.block, ...space, trace.block];
};

/** The axes of the physical shape on which an axis of the TensorFlow.js shape lies. */
export const physicalAxes = (shape: readonly number[], axis: number, layout: Layout): number[] => {
  if (layout === 'NHWC' || axis === 0) return [axis];
  const last = shape.length - 1;
  if (axis !== last) return [axis + 1];
  return layout === 'NCHW' ? [1] : [1, last + 1];
};

/** Whether a tensor of that shape can lie in that layout. */
export const allows = (trace: Trace, shape: readonly number[], layout: Layout): boolean => {
  if (layout === 'NHWC') return true;
  if (shape.length < 3) return false;
  return layout === 'NCHW' || (trace.block > 1 && (shape.at(-1) as number) % trace.block === 0);
};

/** [batch, channels, height, width]: the shape that convolutions take, whatever the layout and the number of spatial axes. */
export const asImage = (trace: Trace, value: Value, shape: readonly number[]): Value => {
  const { batch, space, channels } = extentsOf(shape);
  const [height, width] = space.length === 2 ? space : [1, elements(space)];
  return reshape(trace.graph, value, [batch, channels, height as number, width as number]);
};

/** The same with its pixels in few long rows, for passes: each row is a call of its own, and short ones end in odd numbers of pixels. */
export const asRows = (trace: Trace, value: Value, shape: readonly number[]): Value => {
  const { batch, space, channels } = extentsOf(shape);
  const pixels = elements(space);
  const row = largestDivisor(pixels, LONGEST_ROW);
  return reshape(trace.graph, value, [batch, channels, pixels / row, row]);
};

const reorder = (trace: Trace, op: 'ReorderInput' | 'ReorderOutput', value: Value, shape: readonly number[], lastly: boolean): Value => {
  const { batch, space, channels } = extentsOf(shape);
  const pixels = elements(space);
  const first = [batch, channels, 1, pixels];
  const last = [batch, 1, pixels, channels];
  const input = reshape(trace.graph, value, op === 'ReorderInput' && lastly ? last : first);
  const attributes = { channels_last: int(lastly ? 1 : 0), ...(op === 'ReorderOutput' ? { channels: int(channels) } : {}) };
  return trace.graph.add(
    op,
    [input],
    { shape: op === 'ReorderOutput' && lastly ? last : first, dtype: value.dtype },
    attributes,
    'com.microsoft.nchwc',
  );
};

/** Between NCHWc and another layout where `reorder` cannot: it moves float32 only. */
const reblock = (trace: Trace, value: Value, shape: readonly number[], from: Layout, to: Layout): Value => {
  const { graph, block } = trace;
  const { batch, space, channels } = extentsOf(shape);
  const pixels = elements(space);
  const parts = channels / block;
  if (from === 'NCHWc') {
    const apart = reshape(graph, value, [batch, parts, pixels, block]);
    return reshape(graph, transpose(graph, apart, to === 'NCHW' ? [0, 1, 3, 2] : [0, 2, 1, 3]), onnxShape(shape, to));
  }
  const apart = reshape(graph, value, from === 'NCHW' ? [batch, parts, block, pixels] : [batch, pixels, parts, block]);
  return reshape(graph, transpose(graph, apart, from === 'NCHW' ? [0, 1, 3, 2] : [0, 2, 1, 3]), onnxShape(shape, to));
};

const convert = (trace: Trace, x: Traced, from: Layout, to: Layout): Value => {
  const { graph } = trace;
  const value = x.values[from] as Value;
  const rank = x.shape.length;
  if (from === 'NCHWc' || to === 'NCHWc') {
    if (x.dtype !== 'float32') return reblock(trace, value, x.shape, from, to);
    const moved =
      from === 'NCHWc'
        ? reorder(trace, 'ReorderOutput', value, x.shape, to === 'NHWC')
        : reorder(trace, 'ReorderInput', value, x.shape, from === 'NHWC');
    return reshape(graph, moved, onnxShape(x.shape, to));
  }
  const space = Array.from({ length: rank - 2 }, (_, axis) => axis);
  if (to === 'NCHW') return transpose(graph, value, [0, rank - 1, ...space.map((axis) => axis + 1)]);
  return transpose(graph, value, [0, ...space.map((axis) => axis + 2), 1]);
};

/**
 * x as an operand that broadcasts against tensors of `rank` axes of that layout, by its physical shape: its own shape may be shorter, or hold
 * extents of 1.
 */
export const operand = (trace: Trace, x: Traced, rank: number, layout: Layout): Value => {
  const { graph } = trace;
  if (x.uniform !== undefined) return trace.number(x.uniform, x.dtype);
  if (layout === 'NHWC') return nhwc(trace, x);
  const channels = x.shape.at(-1) ?? 1;
  if (x.shape.length === rank && (layout === 'NCHW' || channels !== 1)) return physical(trace, x, layout);
  const shape = [...Array.from({ length: rank - x.shape.length }, () => 1), ...x.shape];
  const space = Array.from({ length: rank - 2 }, (_, axis) => axis + 1);
  if (layout === 'NCHW' || channels === 1) {
    const nchw =
      x.shape.length === rank
        ? valueIn(trace, x, 'NCHW')
        : transpose(graph, reshape(graph, nhwc(trace, x), shape), [0, rank - 1, ...space]);
    return layout === 'NCHW' ? nchw : reshape(graph, nchw, [...nchw.shape, 1]);
  }
  const parted = reshape(graph, nhwc(trace, x), [...shape.slice(0, -1), channels / trace.block, trace.block]);
  return transpose(graph, parted, [0, rank - 1, ...space, rank]);
};

const spread = (trace: Trace, x: Traced, broadcastOf: Traced, layout: Layout): Value =>
  fromPhysical(
    trace,
    expand(trace.graph, operand(trace, broadcastOf, x.shape.length, layout), physicalShape(trace, x.shape, layout)),
    x.shape,
    layout,
  );

const compute = (trace: Trace, x: Traced, layout: Layout): Value => {
  const { graph } = trace;
  if (x.uniform !== undefined) {
    const target = onnxShape(x.shape, layout);
    const one = trace.number(x.uniform, x.dtype);
    return expand(
      graph,
      reshape(
        graph,
        one,
        target.map(() => 1),
      ),
      target,
    );
  }
  if (x.pending !== undefined && x.values[x.pending.layout] === undefined) {
    x.values[x.pending.layout] = x.pending.compute();
    return valueIn(trace, x, layout);
  }
  const from = (['NCHWc', 'NCHW', 'NHWC'] as const).find((own) => x.values[own] !== undefined);
  if (from !== undefined) return convert(trace, x, from, layout);
  if (x.broadcastOf !== undefined) return spread(trace, x, x.broadcastOf, layout);
  throw new Error('internal error: a traced tensor has no value in any layout, and nothing to compute it from');
};

/** The graph value that holds a tensor's numbers in that layout, made where there is none yet. */
export const valueIn = (trace: Trace, x: Traced, layout: Layout): Value => {
  const known = x.values[layout];
  if (known !== undefined) return known;
  const value = compute(trace, x, layout);
  x.values[layout] = value;
  return value;
};

/** The same by its physical shape. */
export const physical = (trace: Trace, x: Traced, layout: Layout): Value =>
  reshape(trace.graph, valueIn(trace, x, layout), physicalShape(trace, x.shape, layout));

/** A value of the physical shape under its logical one. */
export const fromPhysical = (trace: Trace, value: Value, shape: readonly number[], layout: Layout): Value =>
  reshape(trace.graph, value, onnxShape(shape, layout));

export const nhwc = (trace: Trace, x: Traced): Value => valueIn(trace, x, 'NHWC');
