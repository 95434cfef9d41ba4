import type { Graph } from './graph.ts';
import { ELEMENTWISE, joinVectors } from './join.ts';
import { multiplyAdd } from './multiply-add.ts';
import { reshape, slice } from './shaping.ts';
import { LARGE, runs } from './split.ts';
import { elements, type Node, sameShape, type Value } from './value.ts';

/** Numbers of a matrix product worked on at once: what an update reads and writes of so many stays in the processor's cache. */
const CACHED = 1 << 19;

type Cutting = {
  readonly graph: Graph;
  /** Channels per block of the CPU's convolutions, 1 if there are none. */
  readonly block: number;
  readonly vectors: readonly Value[];
  /** Nodes whose results are wanted whole, whatever is cut. */
  readonly whole: ReadonlySet<Node>;
};

/** A vector that was put together of others one after the other, computed of others elementwise, or a product's rows. */
type Made =
  | { readonly by: 'joining'; readonly parts: readonly Value[] }
  | { readonly by: 'elements'; readonly node: Node; readonly operands: readonly Value[] }
  | { readonly by: 'rows'; readonly product: Node; readonly columns: number };

const made = (graph: Graph, value: Value): Made | null => {
  const node = graph.producer(value);
  if (node === undefined) return null;
  const inputs = node.inputs as readonly Value[];
  if (node.op === 'Concat') return { by: 'joining', parts: inputs };
  if (ELEMENTWISE.has(node.op)) {
    const fit = inputs.every((input) => elements(input.shape) === 1 || sameShape(input.shape, value.shape));
    return fit ? { by: 'elements', node, operands: inputs } : null;
  }
  if (node.op !== 'Reshape') return null;
  const product = graph.producer(inputs[0] as Value);
  return product?.op === 'Gemm' ? { by: 'rows', product, columns: inputs[0]?.shape[1] as number } : null;
};

const isVector = (operand: Value, { shape }: Value) => sameShape(operand.shape, shape);

/** What the vectors need besides themselves: factors, and what goes into their products. */
const needs = (graph: Graph, value: Value, seen: Set<Value>): Value[] => {
  if (seen.has(value)) return [];
  seen.add(value);
  const own = made(graph, value);
  if (own === null) return [value];
  if (own.by === 'joining') return own.parts.flatMap((part) => needs(graph, part, seen));
  if (own.by === 'rows') return own.product.inputs as Value[];
  return own.operands.flatMap((operand) => (isVector(operand, value) ? needs(graph, operand, seen) : [operand]));
};

/** Places where a vector is cut at little cost, between 0 and its length, in no order. */
const seams = (cutting: Cutting, value: Value, found = new Map<Value, readonly number[]>()): readonly number[] => {
  const known = found.get(value);
  if (known !== undefined) return known;
  const own = cuttable(cutting, value);
  const places: number[] = [];
  found.set(value, places);
  if (own?.by === 'joining') {
    let begin = 0;
    for (const part of own.parts) {
      places.push(begin, ...seams(cutting, part, found).map((seam) => begin + seam));
      begin += part.shape[0] as number;
    }
  }
  if (own?.by === 'elements')
    for (const operand of own.operands) if (isVector(operand, value)) places.push(...seams(cutting, operand, found));
  if (own?.by === 'rows') {
    const step = own.columns * Math.max(1, Math.round(CACHED / own.columns));
    for (let place = step; place < elements(value.shape); place += step) places.push(place);
  }
  return places;
};

const cuttable = ({ graph, whole }: Cutting, value: Value): Made | null => {
  const own = made(graph, value);
  if (own === null || whole.has(graph.producer(value) as Node)) return null;
  return own.by === 'rows' && whole.has(own.product) ? null : own;
};

/** Rows of a matrix product, computed alone. */
const rows = (graph: Graph, { inputs, attributes, outputs: [whole] }: Node, begin: number, end: number): Value => {
  const [a, b] = inputs as [Value, Value];
  const axis = attributes.transA?.value === 1 ? 1 : 0;
  const shape = [end - begin, (whole as Value).shape[1] as number];
  return graph.add('Gemm', [slice(graph, a, [{ axis, begin, end }]), b], { shape, dtype: a.dtype }, attributes);
};

/** y and factor · x, where a value is their sum, computed from y alone from here on: one pass can write it over y. */
const lastSum = ({ graph, block, vectors, whole }: Cutting, value: Value, { node, operands }: Made & { by: 'elements' }) => {
  if (block === 1 || node.op !== 'Add' || vectors.includes(value)) return null;
  for (const [y, product] of [operands, [...operands].reverse()] as [Value, Value][]) {
    const times = graph.producer(product);
    if (times?.op !== 'Mul' || whole.has(times) || !isVector(y, value) || graph.producer(y) === undefined) continue;
    const [a, b] = times.inputs as [Value, Value];
    const [x, factor] = elements(b.shape) === 1 ? [a, b] : [b, a];
    if (elements(factor.shape) !== 1 || !isVector(x, value)) continue;
    const before = graph.ancestors([product]);
    const users = graph.nodes.filter((own) => own !== node && own.inputs.includes(y));
    if (users.every((user) => before.has(user))) return { x, factor, y };
  }
  return null;
};

/** The numbers of a vector from `begin` to `end`, computed of the same stretch of what it was made of. */
const stretchOf = (cutting: Cutting, value: Value, begin: number, end: number): Value => {
  if (begin === 0 && end === value.shape[0]) return value;
  const { graph } = cutting;
  const own = cuttable(cutting, value);
  if (own?.by === 'joining') {
    let offset = 0;
    const parts: Value[] = [];
    for (const part of own.parts) {
      const length = part.shape[0] as number;
      const [from, to] = [Math.max(0, begin - offset), Math.min(length, end - offset)];
      if (from < to) parts.push(stretchOf(cutting, part, from, to));
      offset += length;
    }
    return joinVectors(graph, parts);
  }
  if (own?.by === 'elements') {
    const last = end - begin < LARGE ? null : lastSum(cutting, value, own);
    if (last !== null) {
      const [x, y] = [last.x, last.y].map((operand) => stretchOf(cutting, operand, begin, end)) as [Value, Value];
      const sum = multiplyAdd(graph, cutting.block, x, last.factor, y);
      if (sum !== null) return sum;
    }
    const operands = own.operands.map((operand) => (isVector(operand, value) ? stretchOf(cutting, operand, begin, end) : operand));
    return graph.add(own.node.op, operands, { shape: [end - begin], dtype: value.dtype }, own.node.attributes);
  }
  if (own?.by === 'rows' && begin % own.columns === 0 && end % own.columns === 0) {
    return reshape(graph, rows(graph, own.product, begin / own.columns, end / own.columns), [end - begin]);
  }
  return slice(graph, value, [{ axis: 0, begin, end }]);
};

export type Piece = { readonly begin: number; readonly value: Value };

const cut = (cutting: Cutting, value: Value): Piece[] => {
  const length = elements(value.shape);
  if (value.shape.length !== 1 || length <= LARGE) return [{ begin: 0, value }];
  const places = [...new Set([0, ...seams(cutting, value), length])].sort((a, b) => a - b);
  const lengths = places.slice(1).map((place, index) => place - (places[index] as number));
  let begin = 0;
  return runs(lengths, LARGE).map((run) => {
    const end = run.reduce((sum, own) => sum + own, begin);
    const piece = { begin, value: stretchOf(cutting, value, begin, end) };
    begin = end;
    return piece;
  });
};

/**
 * Vectors that were joined and computed with, each as pieces that are computed alone: long parts never are joined, short neighbours stay
 * together, and of a matrix product (the gradient of a dense layer) some rows at a time go through all that follows while they are in
 * the cache. What is handed out piece by piece needs no copy into one vector and none out of it.
 *
 * @param others what else the graph computes: what they need whole is not computed again piece by piece
 */
export const pieces = (graph: Graph, block: number, vectors: readonly Value[], others: readonly Value[]): readonly (readonly Piece[])[] => {
  const seen = new Set<Value>();
  const cutting = {
    graph,
    block,
    vectors,
    whole: graph.ancestors([...others, ...vectors.flatMap((vector) => needs(graph, vector, seen))]),
  };
  return vectors.map((vector) => cut(cutting, vector));
};
