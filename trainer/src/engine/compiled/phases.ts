import { concat, expand, reshape, slice } from './graph/shaping.ts';
import { sameShape, type Value } from './graph/value.ts';
import { extentsOf, onnxShape } from './layout.ts';
import type { Trace } from './trace.ts';
import type { Phases, Traced } from './traced.ts';

/** The phases of an NCHWc picture of that shape, put between each other. */
const interleaved = (trace: Trace, shape: readonly number[], { strides: [sh, sw], compute }: Phases): Value => {
  const { graph, block } = trace;
  const { batch, space, channels } = extentsOf(shape);
  const [inHeight, inWidth] = space as [number, number];
  const [height, width] = [Math.ceil(inHeight / sh), Math.ceil(inWidth / sw)];
  const zeros = () => expand(graph, reshape(graph, graph.scalar(0), [1, 1, 1, 1]), [batch, channels, height, width]);
  const side = (parts: readonly Value[], lines: number, line: number) =>
    concat(
      graph,
      parts.map((part) => reshape(graph, part, [lines, line])),
      1,
    );
  const pixels = (batch * channels * height * width) / block;
  const rows = Array.from({ length: sh }, (_, row) => {
    const columns = Array.from({ length: sw }, (_, column) => compute(row, column, null) ?? zeros());
    return side(columns, pixels, block);
  });
  const whole = side(rows, pixels / width, width * sw * block);
  const cut = slice(graph, reshape(graph, whole, [batch, channels / block, height * sh, width * sw, block]), [
    { axis: 2, begin: 0, end: inHeight },
    { axis: 3, begin: 0, end: inWidth },
  ]);
  return reshape(graph, cut, onnxShape(shape, 'NCHWc'));
};

/** An NCHWc tensor of that TensorFlow.js shape by its phases, not put together until its numbers are asked for. */
export const tracedPhases = (trace: Trace, shape: readonly number[], phases: Phases): Traced => ({
  shape,
  dtype: 'float32',
  values: {},
  phases,
  pending: { layout: 'NCHWc', compute: () => interleaved(trace, shape, phases) },
});

/** The sum of two tensors by phases, if neither is put together yet: convolutions add each phase of one to that of the other for nothing. */
export const summedPhases = (trace: Trace, a: Traced, b: Traced): Traced | null => {
  const [first, second] = [a, b].map((x) => (x.values.NCHWc === undefined ? x.phases : undefined));
  if (first === undefined || second === undefined) return null;
  if (!sameShape(a.shape, b.shape) || !sameShape(first.strides, second.strides)) return null;
  return tracedPhases(trace, a.shape, {
    strides: first.strides,
    compute: (row, column, sum) => first.compute(row, column, second.compute(row, column, sum)),
  });
};
