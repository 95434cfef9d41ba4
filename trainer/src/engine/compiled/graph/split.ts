import type { Graph } from './graph.ts';
import { slice } from './shaping.ts';
import { elements, int, type Value } from './value.ts';

/**
 * From this length on, a part of the state is worth inputs, outputs and an update of its own: some 15 nodes and tensors of 3 µs. Shorter ones
 * are copied faster.
 */
export const LARGE = 1 << 18;

/** Lengths, one after the other, in runs: each from `large` up alone, shorter neighbours together. */
export const runs = (lengths: readonly number[], large: number): number[][] => {
  const found: number[][] = [];
  let together = false;
  for (const length of lengths) {
    const short = length < large;
    if (short && together) found.at(-1)?.push(length);
    else found.push([length]);
    together = short;
  }
  return found;
};

const splitNode = (graph: Graph, x: Value, sizes: readonly number[], axis: number): readonly Value[] => {
  const outputs = sizes.map((size) => ({ shape: x.shape.map((extent, own) => (own === axis ? size : extent)), dtype: x.dtype }));
  return graph.addMany('Split', [x, graph.integers(sizes)], outputs, { axis: int(axis) });
};

/** Parts of the state: each long one a view of its own, short neighbours sliced from one view. */
const splitState = (graph: Graph, x: Value, sizes: readonly number[]): Value[] => {
  const row = elements(x.shape.slice(1));
  let begin = 0;
  return runs(sizes, LARGE / row).flatMap((run) => {
    const end = run.reduce((sum, size) => sum + size, begin);
    const own = slice(graph, x, [{ axis: 0, begin, end }]);
    begin = end;
    return run.length === 1 ? [own] : splitNode(graph, own, run, 0);
  });
};

export const split = (graph: Graph, x: Value, sizes: readonly number[], axis: number): readonly Value[] => {
  if (sizes.length === 1) return [x];
  if (axis === 0 && graph.origin(x) !== undefined) return splitState(graph, x, sizes);
  if (sizes.length > graph.mostTensors) {
    let begin = 0;
    return sizes.map((size) => {
      begin += size;
      return slice(graph, x, [{ axis, begin: begin - size, end: begin }]);
    });
  }
  return splitNode(graph, x, sizes, axis);
};
