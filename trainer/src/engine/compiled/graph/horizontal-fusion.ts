import type { Graph } from './graph.ts';
import { concat, expand, reshape } from './shaping.ts';
import { elements, type Node, sameShape, type Value } from './value.ts';

/** Operators that work element by element: on concatenated vectors they do what they do on each. */
export const ELEMENTWISE = new Set(['Add', 'Sub', 'Mul', 'Div', 'Sqrt', 'Reciprocal', 'Neg']);

const FEWEST = 3;

/** The vector that a Split cut into these, if they are all its parts in order. */
const splitFrom = (graph: Graph, parts: readonly Value[]): Value | null => {
  const cutter = graph.producer(parts[0] as Value);
  if (cutter?.op !== 'Split' || cutter.outputs.length !== parts.length) return null;
  return parts.every((part, index) => part === cutter.outputs[index]) ? (cutter.inputs[0] as Value) : null;
};

/** One operand of all parts' nodes, concatenated. */
const operand = (graph: Graph, values: readonly Value[], parts: readonly Value[]): Value | null => {
  const [first] = values as [Value, ...Value[]];
  if (values.every((value, index) => sameShape(value.shape, (parts[index] as Value).shape))) return concatVectors(graph, values);
  if (!values.every(({ shape }) => elements(shape) === 1)) return null;
  if (values.every((value) => value === first)) return reshape(graph, first, []);
  if (!values.every(({ constant }) => constant !== undefined)) return null;
  return concatVectors(
    graph,
    values.map((value, index) => expand(graph, reshape(graph, value, [1]), (parts[index] as Value).shape)),
  );
};

/** The parts' common operator applied once, to their concatenated operands. */
const fused = (graph: Graph, parts: readonly Value[]): Value | null => {
  const producers = parts.map((part) => graph.producer(part));
  const first = producers[0];
  if (first === undefined || !ELEMENTWISE.has(first.op)) return null;
  if (!producers.every((node) => node !== undefined && node.op === first.op && node.inputs.length === first.inputs.length)) return null;
  const operands = first.inputs.map((_, place) =>
    operand(
      graph,
      producers.map((node) => (node as Node).inputs[place] as Value),
      parts,
    ),
  );
  if (operands.some((value) => value === null)) return null;
  const length = parts.reduce((sum, part) => sum + elements(part.shape), 0);
  return graph.add(first.op, operands, { shape: [length], dtype: 'float32' });
};

const concatConstants = (graph: Graph, parts: readonly Value[]): Value | null => {
  const data = parts.flatMap(({ constant }) => (constant instanceof Float32Array ? [constant] : []));
  if (data.length !== parts.length) return null;
  const all = new Float32Array(data.reduce((sum, own) => sum + own.length, 0));
  let offset = 0;
  for (const own of data) {
    all.set(own, offset);
    offset += own.length;
  }
  return graph.constant(all, [all.length], 'float32');
};

/**
 * Concatenates vectors, with horizontal fusion: where the same operator computed all of them, as with the running statistics of many layers, it is
 * applied to the concatenated operands instead, one node on a long vector for many on short ones.
 */
export const concatVectors = (graph: Graph, parts: readonly Value[]): Value => {
  if (parts.length < FEWEST || parts.some(({ dtype }) => dtype !== 'float32')) return concat(graph, parts, 0);
  return concatConstants(graph, parts) ?? splitFrom(graph, parts) ?? fused(graph, parts) ?? concat(graph, parts, 0);
};
