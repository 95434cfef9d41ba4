import { expand, reshape, transpose } from './graph/shaping.ts';
import { elements, int, type Value } from './graph/value.ts';
import type { Trace } from './trace.ts';
import type { Layout, Traced } from './traced.ts';

/** A tensor [batch, …space, channels] taken apart. */
type Extents = { readonly batch: number; readonly space: readonly number[]; readonly channels: number };

export const extentsOf = (shape: readonly number[]): Extents => ({
  batch: shape[0] as number,
  space: shape.slice(1, -1),
  channels: shape.at(-1) as number,
});

/** The shape in which a graph holds a tensor of that TensorFlow.js shape. */
export const heldShape = (shape: readonly number[], layout: Layout): number[] => {
  if (layout === 'plain') return [...shape];
  const { batch, space, channels } = extentsOf(shape);
  return [batch, channels, ...space];
};

/** The shape that tells how the numbers lie in memory: that of the graph, but for blocked tensors, which get an axis for the block. */
export const physicalShape = (trace: Trace, shape: readonly number[], layout: Layout): number[] => {
  if (layout !== 'blocked') return heldShape(shape, layout);
  const { batch, space, channels } = extentsOf(shape);
  return [batch, channels / trace.block, ...space, trace.block];
};

/** The axes of the physical shape on which an axis of the TensorFlow.js shape lies. */
export const physicalAxes = (shape: readonly number[], axis: number, layout: Layout): number[] => {
  if (layout === 'plain' || axis === 0) return [axis];
  const last = shape.length - 1;
  if (axis !== last) return [axis + 1];
  return layout === 'planar' ? [1] : [1, last + 1];
};

/** Whether a tensor of that shape can lie in that layout. */
export const allows = (trace: Trace, shape: readonly number[], layout: Layout): boolean => {
  if (layout === 'plain') return true;
  if (shape.length < 3) return false;
  return layout === 'planar' || (trace.block > 1 && (shape.at(-1) as number) % trace.block === 0);
};

/** [batch, channels, height, width]: the shape that convolutions want, whatever the layout and the number of spatial axes. */
export const asImage = (trace: Trace, value: Value, shape: readonly number[]): Value => {
  const { batch, space, channels } = extentsOf(shape);
  const [height, width] = space.length === 2 ? space : [1, elements(space)];
  return reshape(trace.graph, value, [batch, channels, height as number, width as number]);
};

const reorder = (trace: Trace, op: 'ReorderInput' | 'ReorderOutput', value: Value, shape: readonly number[], lastly: boolean): Value => {
  const { batch, space, channels } = extentsOf(shape);
  const pixels = elements(space);
  const planar = [batch, channels, 1, pixels];
  const last = [batch, 1, pixels, channels];
  const input = reshape(trace.graph, value, op === 'ReorderInput' && lastly ? last : planar);
  const attributes = { channels_last: int(lastly ? 1 : 0), ...(op === 'ReorderOutput' ? { channels: int(channels) } : {}) };
  return trace.graph.add(
    op,
    [input],
    { shape: op === 'ReorderOutput' && lastly ? last : planar, dtype: value.dtype },
    attributes,
    'com.microsoft.nchwc',
  );
};

/** Between blocked and another layout where `reorder` cannot: it moves float32 only. */
const reblock = (trace: Trace, value: Value, shape: readonly number[], from: Layout, to: Layout): Value => {
  const { graph, block } = trace;
  const { batch, space, channels } = extentsOf(shape);
  const pixels = elements(space);
  const parts = channels / block;
  if (from === 'blocked') {
    const apart = reshape(graph, value, [batch, parts, pixels, block]);
    return reshape(graph, transpose(graph, apart, to === 'planar' ? [0, 1, 3, 2] : [0, 2, 1, 3]), heldShape(shape, to));
  }
  const apart = reshape(graph, value, from === 'planar' ? [batch, parts, block, pixels] : [batch, pixels, parts, block]);
  return reshape(graph, transpose(graph, apart, from === 'planar' ? [0, 1, 3, 2] : [0, 2, 1, 3]), heldShape(shape, to));
};

const convert = (trace: Trace, x: Traced, from: Layout, to: Layout): Value => {
  const { graph } = trace;
  const value = x.forms[from] as Value;
  const rank = x.shape.length;
  if (from === 'blocked' || to === 'blocked') {
    if (x.dtype !== 'float32') return reblock(trace, value, x.shape, from, to);
    const moved =
      from === 'blocked'
        ? reorder(trace, 'ReorderOutput', value, x.shape, to === 'plain')
        : reorder(trace, 'ReorderInput', value, x.shape, from === 'plain');
    return reshape(graph, moved, heldShape(x.shape, to));
  }
  const space = Array.from({ length: rank - 2 }, (_, axis) => axis);
  if (to === 'planar') return transpose(graph, value, [0, rank - 1, ...space.map((axis) => axis + 1)]);
  return transpose(graph, value, [0, ...space.map((axis) => axis + 2), 1]);
};

/**
 * x as an operand that broadcasts against tensors of `rank` axes of that layout, by its physical shape: its own shape may be shorter, or hold
 * extents of 1.
 */
export const operand = (trace: Trace, x: Traced, rank: number, layout: Layout): Value => {
  const { graph } = trace;
  if (x.uniform !== undefined) return trace.number(x.uniform, x.dtype);
  if (layout === 'plain') return plain(trace, x);
  const channels = x.shape.at(-1) ?? 1;
  if (x.shape.length === rank && (layout === 'planar' || channels !== 1)) return physical(trace, x, layout);
  const shape = [...Array.from({ length: rank - x.shape.length }, () => 1), ...x.shape];
  const space = Array.from({ length: rank - 2 }, (_, axis) => axis + 1);
  if (layout === 'planar' || channels === 1) {
    const planar =
      x.shape.length === rank
        ? form(trace, x, 'planar')
        : transpose(graph, reshape(graph, plain(trace, x), shape), [0, rank - 1, ...space]);
    return layout === 'planar' ? planar : reshape(graph, planar, [...planar.shape, 1]);
  }
  const parted = reshape(graph, plain(trace, x), [...shape.slice(0, -1), channels / trace.block, trace.block]);
  return transpose(graph, parted, [0, rank - 1, ...space, rank]);
};

const spread = (trace: Trace, x: Traced, core: Traced, layout: Layout): Value =>
  held(trace, expand(trace.graph, operand(trace, core, x.shape.length, layout), physicalShape(trace, x.shape, layout)), x.shape, layout);

const compute = (trace: Trace, x: Traced, layout: Layout): Value => {
  const { graph } = trace;
  if (x.uniform !== undefined) {
    const target = heldShape(x.shape, layout);
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
  if (x.pending !== undefined && x.forms[x.pending.layout] === undefined) {
    x.forms[x.pending.layout] = x.pending.compute();
    return form(trace, x, layout);
  }
  const from = (['blocked', 'planar', 'plain'] as const).find((own) => x.forms[own] !== undefined);
  if (from !== undefined) return convert(trace, x, from, layout);
  if (x.core !== undefined) return spread(trace, x, x.core, layout);
  throw new Error('a traced tensor without numbers');
};

/** The graph value that holds a tensor's numbers in that layout, made where there is none yet. */
export const form = (trace: Trace, x: Traced, layout: Layout): Value => {
  const known = x.forms[layout];
  if (known !== undefined) return known;
  const value = compute(trace, x, layout);
  x.forms[layout] = value;
  return value;
};

/** The same by its physical shape. */
export const physical = (trace: Trace, x: Traced, layout: Layout): Value =>
  reshape(trace.graph, form(trace, x, layout), physicalShape(trace, x.shape, layout));

/** A value of that physical shape as the graph holds it. */
export const held = (trace: Trace, value: Value, shape: readonly number[], layout: Layout): Value =>
  reshape(trace.graph, value, heldShape(shape, layout));

export const plain = (trace: Trace, x: Traced): Value => form(trace, x, 'plain');
