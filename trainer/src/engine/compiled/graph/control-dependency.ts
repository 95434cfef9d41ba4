import type { Graph } from './graph.ts';
import { concat, reshape, slice } from './shaping.ts';
import { elements, type Value } from './value.ts';

/**
 * The scalar with a control dependency on the values: whatever is computed with it is computed after them. ONNX has no such edges, so it
 * becomes a data dependency: joined with an element of each value, and cut off again.
 */
export const withControlDependencies = (graph: Graph, scalar: Value, values: readonly Value[]): Value => {
  if (values.length === 0) return scalar;
  const first = (value: Value) => slice(graph, reshape(graph, value, [elements(value.shape)]), [{ axis: 0, begin: 0, end: 1 }]);
  const joined = concat(graph, [reshape(graph, scalar, [1]), ...values.map(first)], 0);
  return reshape(graph, first(joined), scalar.shape);
};
