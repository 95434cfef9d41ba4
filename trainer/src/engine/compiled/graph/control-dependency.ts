import type { Graph } from './graph.ts';
import { concat, reshape, slice } from './shaping.ts';
import { elements, type Value } from './value.ts';

/** The scalar, but not before the values are there: what is computed with it, is computed after them. */
export const after = (graph: Graph, scalar: Value, values: readonly Value[]): Value => {
  if (values.length === 0) return scalar;
  const first = (value: Value) => slice(graph, reshape(graph, value, [elements(value.shape)]), [{ axis: 0, begin: 0, end: 1 }]);
  const joined = concat(graph, [reshape(graph, scalar, [1]), ...values.map(first)], 0);
  return reshape(graph, first(joined), scalar.shape);
};
