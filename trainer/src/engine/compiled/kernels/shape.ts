import type {
  ConcatAttrs,
  ExpandDimsAttrs,
  PackAttrs,
  ReshapeAttrs,
  ReverseAttrs,
  SliceAttrs,
  SplitVAttrs,
  StridedSliceAttrs,
  TileAttrs,
  TransposeAttrs,
  UnpackAttrs,
} from '@tensorflow/tfjs';
import { tf } from '../../tf.ts';
import { concatVectors } from '../graph/horizontal-fusion.ts';
import { concat, reshape, slice, tile, transpose } from '../graph/shaping.ts';
import { split } from '../graph/split.ts';
import { elements, sameShape, type Value } from '../graph/value.ts';
import { allows, fromPhysical, nhwc, onnxShape, physical, physicalAxes, valueIn } from '../layout.ts';
import type { Trace } from '../trace.ts';
import { ownLayout, type Traced, tracedIn, tracedNhwc, tracedUniform } from '../traced.ts';
import { broadcastTo } from './arithmetic.ts';
import { attributesAs, type Kernel, type KernelTable } from './kernel.ts';

/** Batch and channels as they were, space perhaps grouped otherwise: such a reshape keeps the layout. */
const keepsChannels = (from: readonly number[], to: readonly number[]): boolean =>
  from.length >= 3 && to.length >= 3 && from[0] === to[0] && from.at(-1) === to.at(-1);

/** Extents of 1 apart, the same: a broadcast stays one. */
const reshapedBroadcast = (trace: Trace, { shape, broadcastOf }: Traced, to: readonly number[]): Traced | null => {
  if (broadcastOf === undefined) return null;
  const axes = shape.map((_, axis) => axis).filter((axis) => shape[axis] !== 1);
  const target = to.filter((extent) => extent !== 1);
  if (
    !sameShape(
      axes.map((axis) => shape[axis] as number),
      target,
    )
  )
    return null;
  let next = 0;
  const small = to.map((extent) => (extent === 1 ? 1 : (broadcastOf.shape[axes[next++] as number] as number)));
  return { shape: to, dtype: broadcastOf.dtype, values: {}, broadcastOf: reshaped(trace, broadcastOf, small) };
};

export const reshaped = (trace: Trace, x: Traced, shape: readonly number[]): Traced => {
  if (sameShape(x.shape, shape)) return x;
  if (x.uniform !== undefined) return tracedUniform(x.uniform, shape, x.dtype);
  const broadcastOf = reshapedBroadcast(trace, x, shape);
  if (broadcastOf !== null) return broadcastOf;
  const layout = ownLayout(x);
  if (layout !== 'NHWC' && keepsChannels(x.shape, shape)) {
    return tracedIn(layout, reshape(trace.graph, valueIn(trace, x, layout), onnxShape(shape, layout)), shape);
  }
  return tracedNhwc(reshape(trace.graph, nhwc(trace, x), shape));
};

const reshapeKernel: Kernel = (call) => {
  const x = call.input('x');
  const { shape } = attributesAs<ReshapeAttrs>(call);
  return reshaped(call.trace, x, tf.util.inferFromImplicitShape(shape, elements(x.shape)));
};

const transposeKernel: Kernel = (call) => {
  const { perm } = attributesAs<TransposeAttrs>(call);
  return tracedNhwc(transpose(call.trace.graph, nhwc(call.trace, call.input('x')), perm));
};

/** The layout that all parts of a split or concatenation share, along batch, space or whole blocks of channels; else NHWC. */
const commonLayout = (trace: Trace, parts: readonly (readonly number[])[], all: readonly Traced[], axis: number) => {
  const [first] = all as [Traced, ...Traced[]];
  const layout = ownLayout(first);
  const fits = all.every((x) => ownLayout(x) === layout) && parts.every((shape) => allows(trace, shape, layout));
  return fits && physicalAxes(first.shape, axis, layout).length > 0 ? layout : 'NHWC';
};

export const joined = (trace: Trace, all: readonly Traced[], axis: number): Traced => {
  const parts = all.filter((x) => elements(x.shape) > 0);
  const [first] = parts as [Traced, ...Traced[]];
  const layout = commonLayout(
    trace,
    parts.map((x) => x.shape),
    parts,
    axis,
  );
  const shape = first.shape.map((extent, own) => (own === axis ? parts.reduce((sum, x) => sum + (x.shape[axis] as number), 0) : extent));
  if (first.shape.length === 1)
    return tracedNhwc(
      concatVectors(
        trace.graph,
        parts.map((x) => nhwc(trace, x)),
      ),
    );
  const own = physicalAxes(first.shape, axis, layout)[0] as number;
  const value = concat(
    trace.graph,
    parts.map((x) => physical(trace, x, layout)),
    own,
  );
  return tracedIn(layout, fromPhysical(trace, value, shape, layout), shape);
};

const concatKernel: Kernel = (call) => {
  const [axis] = tf.util.parseAxisParam(attributesAs<ConcatAttrs>(call).axis, [...(call.list[0]?.shape ?? [])]);
  return joined(call.trace, call.list, axis as number);
};

const pack: Kernel = (call) => {
  const { axis } = attributesAs<PackAttrs>(call);
  const { trace } = call;
  const lifted = call.list.map((x) => reshaped(trace, x, [...x.shape.slice(0, axis), 1, ...x.shape.slice(axis)]));
  return joined(trace, lifted, axis);
};

const unpack: Kernel = (call) => {
  const x = call.input('value');
  const axis = tf.util.parseAxisParam(attributesAs<UnpackAttrs>(call).axis, [...x.shape])[0] as number;
  const shape = x.shape.filter((_, own) => own !== axis);
  const parts = split(
    call.trace.graph,
    nhwc(call.trace, x),
    Array.from({ length: x.shape[axis] as number }, () => 1),
    axis,
  );
  return parts.map((part) => tracedNhwc(reshape(call.trace.graph, part, shape)));
};

const splitKernel: Kernel = (call) => {
  const { trace } = call;
  const { numOrSizeSplits, axis } = attributesAs<SplitVAttrs>(call);
  const x = call.input('x');
  const own = tf.util.parseAxisParam(axis, [...x.shape])[0] as number;
  const sizes = tf.backend_util.prepareSplitSize({ shape: [...x.shape] } as tf.Tensor, numOrSizeSplits, own);
  const shapes = sizes.map((size) => x.shape.map((extent, place) => (place === own ? size : extent)));
  const layout = commonLayout(trace, shapes, [x], own);
  const place = physicalAxes(x.shape, own, layout)[0] as number;
  const value = physical(trace, x, layout);
  const scale = (value.shape[place] as number) / (x.shape[own] as number);
  const parts = split(
    trace.graph,
    value,
    sizes.map((size) => size * scale),
    place,
  );
  return parts.map((part, index) =>
    tracedIn(layout, fromPhysical(trace, part, shapes[index] as number[], layout), shapes[index] as number[]),
  );
};

const sliceKernel: Kernel = (call) => {
  const { trace } = call;
  const x = call.input('x');
  const { begin, size } = attributesAs<SliceAttrs>(call);
  const [starts, sizes] = tf.slice_util.parseSliceParams({ shape: x.shape } as unknown as tf.Tensor, begin, size) as [number[], number[]];
  if (x.uniform !== undefined) return tracedUniform(x.uniform, sizes, x.dtype);
  const own = ownLayout(x);
  const last = x.shape.length - 1;
  const wholeChannels = sizes[last] === x.shape[last];
  const layout = own === 'NCHW' || (own === 'NCHWc' && wholeChannels) ? own : 'NHWC';
  const cuts = sizes.map((extent, axis) => ({
    axis: physicalAxes(x.shape, axis, layout)[0] as number,
    begin: starts[axis] as number,
    end: (starts[axis] as number) + extent,
  }));
  const chosen = layout === 'NCHWc' ? cuts.filter((_, axis) => axis !== last) : cuts;
  return tracedIn(layout, fromPhysical(trace, slice(trace.graph, physical(trace, x, layout), chosen), sizes, layout), sizes);
};

const stridedSlice: Kernel = (call) => {
  const { trace } = call;
  const x = call.input('x');
  const a = attributesAs<StridedSliceAttrs>(call);
  const info = tf.slice_util.sliceInfo(
    [...x.shape],
    a.begin,
    a.end,
    a.strides,
    a.beginMask,
    a.endMask,
    a.ellipsisMask,
    a.newAxisMask,
    a.shrinkAxisMask,
  );
  const cuts = info.begin.map((begin, axis) => ({ axis, begin, end: info.end[axis] as number, step: info.strides[axis] as number }));
  return tracedNhwc(reshape(trace.graph, slice(trace.graph, nhwc(trace, x), cuts), info.finalShape));
};

const tileKernel: Kernel = (call) => {
  const { trace } = call;
  const x = call.input('x');
  const { reps } = attributesAs<TileAttrs>(call);
  const shape = x.shape.map((extent, axis) => extent * (reps[axis] as number));
  const spreads = x.shape.every((extent, axis) => extent === 1 || reps[axis] === 1);
  return spreads ? broadcastTo(trace, x, shape) : tracedNhwc(tile(trace.graph, nhwc(trace, x), reps));
};

const reverse: Kernel = (call) => {
  const { trace } = call;
  const x = call.input('x');
  const axes = tf.util.parseAxisParam(attributesAs<ReverseAttrs>(call).dims, [...x.shape]);
  const cuts = axes.map((axis) => ({ axis, begin: (x.shape[axis] as number) - 1, end: -1 - (x.shape[axis] as number), step: -1 }));
  const value: Value = nhwc(trace, x);
  const list = (numbers: number[]) => trace.graph.integers(numbers);
  const inputs = [value, list(cuts.map((cut) => cut.begin)), list(cuts.map((cut) => cut.end)), list(axes), list(axes.map(() => -1))];
  return tracedNhwc(trace.graph.add('Slice', inputs, value));
};

export const shapeKernels: KernelTable = {
  Reshape: reshapeKernel,
  ExpandDims: (call) => {
    const x = call.input('input');
    const { dim } = attributesAs<ExpandDimsAttrs>(call);
    const place = dim < 0 ? x.shape.length + 1 + dim : dim;
    return reshaped(call.trace, x, [...x.shape.slice(0, place), 1, ...x.shape.slice(place)]);
  },
  Transpose: transposeKernel,
  Concat: concatKernel,
  Pack: pack,
  Unpack: unpack,
  SplitV: splitKernel,
  Slice: sliceKernel,
  StridedSlice: stridedSlice,
  Tile: tileKernel,
  Reverse: reverse,
};
