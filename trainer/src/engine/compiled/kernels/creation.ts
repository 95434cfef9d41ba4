import type { FillAttrs, OneHotAttrs, RangeAttrs } from '@tensorflow/tfjs';
import { cast } from '../graph/arithmetic.ts';
import { int } from '../graph/value.ts';
import { nhwc } from '../layout.ts';
import { tracedNhwc, tracedUniform } from '../traced.ts';
import { attributesAs, type Kernel, type KernelTable } from './kernel.ts';

const likeOf =
  (uniform: number): Kernel =>
  ({ input }) => {
    const { shape, dtype } = input('x');
    return tracedUniform(uniform, shape, dtype);
  };

const fill: Kernel = (call) => {
  const { shape, value, dtype } = attributesAs<FillAttrs>(call);
  if (typeof value !== 'number')
    throw new Error(`filling with ${JSON.stringify(value)} is not supported by the compiled engine: fill with a number`);
  return tracedUniform(value, shape, dtype === 'int32' || dtype === 'bool' ? dtype : 'float32');
};

const oneHot: Kernel = (call) => {
  const { depth, onValue, offValue, dtype } = attributesAs<OneHotAttrs>(call);
  const { trace } = call;
  const { graph } = trace;
  const indices = nhwc(trace, call.input('indices'));
  // ONNX Runtime has OneHot for floats only.
  const inputs = [
    cast(graph, indices, 'int64'),
    graph.integers([depth]),
    graph.constant(Float32Array.of(offValue, onValue), [2], 'float32'),
  ];
  const hot = graph.add('OneHot', inputs, { shape: [...indices.shape, depth], dtype: 'float32' }, { axis: int(-1) });
  return tracedNhwc(cast(graph, hot, dtype === 'int32' ? 'int32' : 'float32'));
};

const range: Kernel = (call) => {
  const { start, stop, step, dtype } = attributesAs<RangeAttrs>(call);
  const count = Math.max(0, Math.ceil((stop - start) / step));
  const numbers = Array.from({ length: count }, (_, k) => start + k * step);
  return tracedNhwc(
    dtype === 'int32'
      ? call.trace.graph.constant(Int32Array.from(numbers), [count], 'int32')
      : call.trace.graph.constant(Float32Array.from(numbers), [count], 'float32'),
  );
};

export const creationKernels: KernelTable = {
  Fill: fill,
  ZerosLike: likeOf(0),
  OnesLike: likeOf(1),
  OneHot: oneHot,
  Range: range,
};
