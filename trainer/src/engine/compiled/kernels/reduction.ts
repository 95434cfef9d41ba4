import type { ArgMaxAttrs, MaxAttrs, SumAttrs } from '@tensorflow/tfjs';
import { tf } from '../../tf.ts';
import { isUnevaluated } from '../channel-affine.ts';
import { binary, cast } from '../graph/arithmetic.ts';
import { argument, type Reduction, reduce } from '../graph/contraction.ts';
import { convolveNchwc, POINT } from '../graph/convolution.ts';
import { reshape } from '../graph/shaping.ts';
import { elements, type Value } from '../graph/value.ts';
import { asImage, extentsOf, nhwc, physical, physicalAxes, valueIn } from '../layout.ts';
import type { Trace } from '../trace.ts';
import { ownLayout, type Traced, tracedIn, tracedNhwc, tracedUniform } from '../traced.ts';
import { arithmetic } from './arithmetic.ts';
import { attributesAs, type Call, type Kernel, type KernelTable } from './kernel.ts';

const kept = (shape: readonly number[], axes: readonly number[]): number[] =>
  shape.map((extent, axis) => (axes.includes(axis) ? 1 : extent));

/** Sums over space of the product of two NCHWc tensors, [batch, channels]: a convolution of each channel with the other as its filter. */
const spaceProducts = (trace: Trace, [a, b]: readonly [Traced, Traced]): Value => {
  const { graph } = trace;
  const [batch, channels, height, width] = asImage(trace, valueIn(trace, a, 'NCHWc'), a.shape).shape as [number, number, number, number];
  const image = reshape(graph, valueIn(trace, a, 'NCHWc'), [1, batch * channels, height, width]);
  const filter = reshape(graph, valueIn(trace, b, 'NCHWc'), [batch * channels, 1, height, width]);
  const sums = convolveNchwc(graph, image, filter, { ...POINT, kernel: [height, width] }, batch * channels);
  return reshape(graph, sums, [batch, channels]);
};

/** The means over space of an NCHWc tensor, [batch, channels]. */
const spaceMeans = (trace: Trace, x: Traced): Value => {
  const image = asImage(trace, valueIn(trace, x, 'NCHWc'), x.shape);
  const shape = [...image.shape.slice(0, 2), 1, 1];
  const means = trace.graph.add('GlobalAveragePool', [image], { shape, dtype: 'float32' }, {}, 'com.microsoft.nchwc');
  return reshape(trace.graph, means, shape.slice(0, 2));
};

/**
 * Space and, if asked for, batch of an NCHWc tensor, each in the order that reads memory contiguously: the batch first, which leaves little, or
 * each image's pixels. The result is NHWC.
 */
const reduceNchwc = (trace: Trace, op: Reduction, x: Traced, overBatch: boolean): Traced => {
  const { graph, block } = trace;
  const { batch, space, channels } = extentsOf(x.shape);
  const pixels = elements(space);
  const shape = [overBatch ? 1 : batch, ...space.map(() => 1), channels];
  const done = (value: Value) => tracedNhwc(reshape(graph, value, shape));
  const known = overBatch && op === 'ReduceMean' && isUnevaluated(x) ? (x.meanOfConvolution?.() ?? null) : null;
  if (known !== null) return done(known);
  if (x.product !== undefined && x.values.NCHWc === undefined && (op === 'ReduceSum' || op === 'ReduceMean')) {
    const sums = spaceProducts(trace, x.product);
    const result = overBatch ? reduce(graph, op, sums, [0]) : sums;
    return done(op === 'ReduceSum' ? result : binary(graph, 'Mul', result, graph.scalar(1 / pixels)));
  }
  if (overBatch) {
    // ONNX Runtime's sums are faster than its means: what is left in the end is divided.
    const mean = op === 'ReduceMean';
    const together = reduce(graph, mean ? 'ReduceSum' : op, reshape(graph, valueIn(trace, x, 'NCHWc'), [batch, channels * pixels]), [0]);
    const result = reduce(graph, op, reshape(graph, together, [channels / block, pixels, block]), [1]);
    return done(mean ? binary(graph, 'Mul', result, graph.scalar(1 / batch)) : result);
  }
  if (op === 'ReduceMean' && x.dtype === 'float32') return done(spaceMeans(trace, x));
  return done(reduce(graph, op, reshape(graph, valueIn(trace, x, 'NCHWc'), [(batch * channels) / block, pixels, block]), [1]));
};

/** The reduction with its axes kept at extent 1. */
const reduceKept = (trace: Trace, op: Reduction, x: Traced, axes: readonly number[]): Traced => {
  const { graph } = trace;
  const layout = ownLayout(x);
  const last = x.shape.length - 1;
  if (layout === 'NHWC') return tracedNhwc(reduce(graph, op, nhwc(trace, x), axes, true));
  if (axes.length === x.shape.length) {
    const all = reduce(graph, op, reshape(graph, valueIn(trace, x, layout), [elements(x.shape)]), [0]);
    return tracedNhwc(reshape(graph, all, kept(x.shape, axes)));
  }
  const spaceWhole = x.shape.every((_, axis) => axis === 0 || axis === last || axes.includes(axis));
  if (layout === 'NCHWc') {
    if (spaceWhole && !axes.includes(last)) return reduceNchwc(trace, op, x, axes.includes(0));
    if (axes.length === 1 && axes[0] === last) {
      const value = reduce(graph, op, physical(trace, x, 'NCHWc'), [1, last + 1], true);
      return tracedNhwc(reshape(graph, value, kept(x.shape, axes)));
    }
    return tracedNhwc(reduce(graph, op, nhwc(trace, x), axes, true));
  }
  const own = axes.flatMap((axis) => physicalAxes(x.shape, axis, layout)).sort((a, b) => a - b);
  return tracedIn(layout, reduce(graph, op, valueIn(trace, x, layout), own, true), kept(x.shape, axes));
};

export const reduced = (trace: Trace, op: Reduction, x: Traced, axes: readonly number[], keepDims: boolean): Traced => {
  const shape = keepDims ? kept(x.shape, axes) : x.shape.filter((_, axis) => !axes.includes(axis));
  if (axes.length === 0) return x;
  const count = elements(axes.map((axis) => x.shape[axis] as number));
  if (x.uniform !== undefined && op !== 'ReduceProd') {
    return tracedUniform(op === 'ReduceSum' ? Math.fround(x.uniform * count) : x.uniform, shape, x.dtype);
  }
  if (x.broadcastOf !== undefined && op !== 'ReduceProd') {
    const repeats = count / elements(axes.map((axis) => x.broadcastOf?.shape[axis] as number));
    const small = reduceKept(trace, op, x.broadcastOf, axes);
    const times = op === 'ReduceSum' && repeats > 1 ? arithmetic(trace, 'Mul', small, tracedUniform(repeats, [], x.dtype)) : small;
    const wide = kept(x.shape, axes);
    const full: Traced = elements(times.shape) === elements(wide) ? times : { shape: wide, dtype: x.dtype, values: {}, broadcastOf: times };
    return keepDims ? full : tracedNhwc(reshape(trace.graph, nhwc(trace, full), shape));
  }
  const result = reduceKept(trace, op, x, axes);
  return keepDims ? result : tracedNhwc(reshape(trace.graph, nhwc(trace, result), shape));
};

/** The axes to reduce and whether to keep them; TensorFlow.js names the axes of max otherwise. */
const axesOf = (call: Call, { shape }: Traced): [axes: number[], keep: boolean] => {
  const { axis, keepDims } = attributesAs<SumAttrs & { keepDims?: boolean }>(call);
  const { reductionIndices } = attributesAs<MaxAttrs>(call);
  const all = shape.map((_, own) => own);
  return [tf.util.parseAxisParam(axis ?? reductionIndices ?? all, [...shape]), keepDims ?? false];
};

const kernel =
  (op: Reduction): Kernel =>
  (call) => {
    const x = call.input('x');
    return reduced(call.trace, op, x, ...axesOf(call, x));
  };

/** True where all (any) along the axes are: the least (largest) of them as numbers. */
const logical =
  (op: 'ReduceMin' | 'ReduceMax'): Kernel =>
  (call) => {
    const { trace } = call;
    const x = call.input('x');
    const numbers = tracedNhwc(cast(trace.graph, nhwc(trace, x), 'float32'));
    return tracedNhwc(cast(trace.graph, nhwc(trace, reduced(trace, op, numbers, ...axesOf(call, x))), 'bool'));
  };

const extreme =
  (op: 'ArgMax' | 'ArgMin'): Kernel =>
  (call) => {
    const { axis } = attributesAs<ArgMaxAttrs>(call);
    const { trace } = call;
    const x = call.input('x');
    const [own] = tf.util.parseAxisParam(axis, [...x.shape]);
    return tracedNhwc(cast(trace.graph, argument(trace.graph, op, nhwc(trace, x), own as number), 'int32'));
  };

export const reductionKernels: KernelTable = {
  Sum: kernel('ReduceSum'),
  Mean: kernel('ReduceMean'),
  Max: kernel('ReduceMax'),
  Min: kernel('ReduceMin'),
  Prod: kernel('ReduceProd'),
  All: logical('ReduceMin'),
  Any: logical('ReduceMax'),
  ArgMax: extreme('ArgMax'),
  ArgMin: extreme('ArgMin'),
};
