import { convolveNchwc, POINT } from './convolution.ts';
import type { Graph } from './graph.ts';
import { expand, reshape } from './shaping.ts';
import { elements, type Value } from './value.ts';

/** A row of a picture is long enough from here on not to be slower than the arithmetic on it. */
const SHORTEST_ROW = 8;
const LONGEST_ROW = 4096;

const rowOf = (pixels: number): number | null => {
  for (let row = SHORTEST_ROW; row <= LONGEST_ROW; row++) if (pixels % row === 0) return row;
  return null;
};

/**
 * factor · x + y of two vectors and a scalar in one pass, where Mul and Add take two: as an NCHWc convolution with one 1 × 1 filter
 * each. It writes into y's memory, where y is used no more, and would copy it first where it is. Null where the length does not divide up.
 */
export const multiplyAdd = (graph: Graph, block: number, x: Value, factor: Value, y: Value): Value | null => {
  const length = elements(x.shape);
  const row = length % block === 0 ? rowOf(length / block) : null;
  if (row === null) return null;
  const image = [1, block, length / block / row, row];
  const filter = expand(graph, reshape(graph, factor, [1, 1, 1, 1]), [block, 1, 1, 1]);
  const sum = convolveNchwc(graph, reshape(graph, x, image), filter, POINT, block, { sum: reshape(graph, y, image) });
  return reshape(graph, sum, x.shape);
};
