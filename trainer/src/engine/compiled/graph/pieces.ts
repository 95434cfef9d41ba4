import type { Graph } from './graph.ts';
import { ELEMENTWISE, joinVectors } from './join.ts';
import { slice } from './shaping.ts';
import { LARGE, runs } from './split.ts';
import { elements, sameShape, type Value } from './value.ts';

/** The value's elementwise operands that have its length; none, if it came about otherwise. */
const vectorOperands = (graph: Graph, value: Value): Value[] => {
  const node = graph.producer(value);
  if (node === undefined || !ELEMENTWISE.has(node.op)) return [];
  return node.inputs.flatMap((input) => (input !== null && sameShape(input.shape, value.shape) ? [input] : []));
};

/** Where the vector was joined, on the way to it: places between 0 and its length, in no order. */
const seams = (graph: Graph, value: Value, found = new Map<Value, number[]>()): readonly number[] => {
  const known = found.get(value);
  if (known !== undefined) return known;
  const own: number[] = [];
  found.set(value, own);
  const node = graph.producer(value);
  if (node?.op === 'Concat') {
    let begin = 0;
    for (const part of node.inputs as readonly Value[]) {
      own.push(begin, ...seams(graph, part, found).map((seam) => begin + seam));
      begin += part.shape[0] as number;
    }
  }
  for (const operand of vectorOperands(graph, value)) own.push(...seams(graph, operand, found));
  return own;
};

/** The numbers of a vector from `begin` to `end`, computed from the same stretch of what it was computed from. */
const stretchOf = (graph: Graph, value: Value, begin: number, end: number): Value => {
  const node = graph.producer(value);
  if (begin === 0 && end === value.shape[0]) return value;
  if (node?.op === 'Concat') {
    let offset = 0;
    const parts: Value[] = [];
    for (const part of node.inputs as readonly Value[]) {
      const length = part.shape[0] as number;
      const [from, to] = [Math.max(0, begin - offset), Math.min(length, end - offset)];
      if (from < to) parts.push(stretchOf(graph, part, from, to));
      offset += length;
    }
    return joinVectors(graph, parts);
  }
  if (node !== undefined && ELEMENTWISE.has(node.op) && node.inputs.every((input) => input !== null && fits(input, value))) {
    const operands = (node.inputs as readonly Value[]).map((input) =>
      elements(input.shape) === 1 ? input : stretchOf(graph, input, begin, end),
    );
    return graph.add(node.op, operands, { shape: [end - begin], dtype: value.dtype }, node.attributes);
  }
  return slice(graph, value, [{ axis: 0, begin, end }]);
};

const fits = (input: Value, value: Value) => elements(input.shape) === 1 || sameShape(input.shape, value.shape);

export type Piece = { readonly begin: number; readonly value: Value };

/**
 * A vector that was joined and computed with, as pieces that are each computed alone: long parts never are joined, short neighbours stay
 * together. What is handed out piece by piece needs no copy into one vector and none out of it.
 */
export const pieces = (graph: Graph, value: Value): readonly Piece[] => {
  const length = elements(value.shape);
  if (value.shape.length !== 1 || length <= LARGE) return [{ begin: 0, value }];
  const places = [...new Set([0, ...seams(graph, value), length])].sort((a, b) => a - b);
  const lengths = places.slice(1).map((place, index) => place - (places[index] as number));
  let begin = 0;
  return runs(lengths, LARGE).map((run) => {
    const end = run.reduce((sum, own) => sum + own, begin);
    const piece = { begin, value: stretchOf(graph, value, begin, end) };
    begin = end;
    return piece;
  });
};
