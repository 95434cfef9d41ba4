import type { Graph } from './graph.ts';
import { reshape } from './shaping.ts';
import { broadcastShape, float, int, ints, type Value } from './value.ts';

export type Reduction = 'ReduceSum' | 'ReduceMean' | 'ReduceMax' | 'ReduceMin' | 'ReduceProd';

/** Reduces axes; the result keeps them with extent 1, or drops them. */
export const reduce = (graph: Graph, op: Reduction, x: Value, axes: readonly number[], keep = false): Value => {
  if (axes.length === 0) return x;
  const kept = x.shape.map((extent, axis) => (axes.includes(axis) ? 1 : extent));
  const shape = keep ? kept : kept.filter((_, axis) => !axes.includes(axis));
  if (axes.every((axis) => x.shape[axis] === 1)) return reshape(graph, x, shape);
  const output = { shape, dtype: x.dtype };
  // Opset 17 takes the axes of sums as an input and those of the others as an attribute.
  if (op === 'ReduceSum') return graph.add(op, [x, graph.integers(axes)], output, { keepdims: int(keep ? 1 : 0) });
  return graph.add(op, [x], output, { axes: ints(axes), keepdims: int(keep ? 1 : 0) });
};

/** Index of the largest (smallest) along an axis, the first of equals, as int64. */
export const argument = (graph: Graph, op: 'ArgMax' | 'ArgMin', x: Value, axis: number): Value =>
  graph.add(op, [x], { shape: x.shape.filter((_, own) => own !== axis), dtype: 'int64' }, { axis: int(axis), keepdims: int(0) });

export type MatMulOptions = { readonly transposeA?: boolean; readonly transposeB?: boolean };

/** Product of the last two axes, the ones before broadcast. Two matrices without batch axes become one Gemm, which transposes as it reads. */
export const matMul = (graph: Graph, a: Value, b: Value, { transposeA = false, transposeB = false }: MatMulOptions = {}): Value => {
  const [ra, rb] = [a.shape.length, b.shape.length];
  const rows = a.shape[ra - (transposeA ? 1 : 2)] as number;
  const columns = b.shape[rb - (transposeB ? 2 : 1)] as number;
  const output = { shape: [...broadcastShape(a.shape.slice(0, -2), b.shape.slice(0, -2)), rows, columns], dtype: a.dtype };
  if (ra === 2 && rb === 2) {
    const attributes = { alpha: float(1), beta: float(1), transA: int(transposeA ? 1 : 0), transB: int(transposeB ? 1 : 0) };
    return graph.add('Gemm', [a, b], output, attributes);
  }
  const turned = (x: Value, wanted: boolean): Value => {
    if (!wanted) return x;
    const order = x.shape.map((_, axis) => axis);
    const last = order.length - 1;
    [order[last], order[last - 1]] = [last - 1, last];
    return graph.add('Transpose', [x], { shape: order.map((axis) => x.shape[axis] as number), dtype: x.dtype }, { perm: ints(order) });
  };
  return graph.add('MatMul', [turned(a, transposeA), turned(b, transposeB)], output);
};
