import { convolveNchwc, LONGEST_ROW, POINT } from './convolution.ts';
import type { Graph } from './graph.ts';
import { expand, reshape } from './shaping.ts';
import { elements, largestDivisor, type Value } from './value.ts';

/** Shorter rows of a picture take longer to set up than to compute. */
const SHORTEST_ROW = 8;

/**
 * BLAS's axpy, factor · x + y of two vectors and a scalar, in one pass where Mul and Add take two: as a depthwise 1 × 1 NCHWc convolution with y
 * as its sum. It writes into y's memory at y's last use, and would copy y first if that were read later. Null where the length does not divide up.
 */
export const axpy = (graph: Graph, block: number, x: Value, factor: Value, y: Value): Value | null => {
  const length = elements(x.shape);
  const row = length % block === 0 ? largestDivisor(length / block, LONGEST_ROW) : 0;
  if (row < SHORTEST_ROW) return null;
  const image = [1, block, length / block / row, row];
  const filter = expand(graph, reshape(graph, factor, [1, 1, 1, 1]), [block, 1, 1, 1]);
  const sum = convolveNchwc(graph, reshape(graph, x, image), filter, POINT, block, { sum: reshape(graph, y, image) });
  return reshape(graph, sum, x.shape);
};
