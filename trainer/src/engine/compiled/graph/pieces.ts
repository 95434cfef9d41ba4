import { binary } from './arithmetic.ts';
import { axpy } from './axpy.ts';
import { withControlDependencies } from './control-dependency.ts';
import type { Graph } from './graph.ts';
import { concatVectors, ELEMENTWISE } from './horizontal-fusion.ts';
import { reshape, slice } from './shaping.ts';
import { LARGE, runs } from './split.ts';
import { elements, type Node, sameShape, type Value } from './value.ts';

/** Numbers of a matrix product per tile: what an update reads and writes of so many stays in the processor's cache. */
const TILE = 1 << 19;

type Cutting = {
  readonly graph: Graph;
  /** Channels per block of the CPU's convolutions, 1 if there are none. */
  readonly block: number;
  /** What is cut: an entry's next numbers, and those of all entries. */
  readonly target: Next;
  readonly all: readonly Next[];
  /** Nodes whose whole results are needed, whatever is cut. */
  readonly whole: ReadonlySet<Node>;
  /** Nodes that nothing but the target depends on. */
  readonly own: ReadonlySet<Node>;
  /** What has to be computed before the target is written into its entry's donated buffer; empty, if the buffer is not donated. */
  readonly before: readonly Value[];
};

/** A state's entry and its next numbers. */
export type Next = { readonly entry: string; readonly value: Value };

/** What defines a vector: a concatenation, an elementwise operator, or the rows of a matrix product. */
type Definition =
  | { readonly by: 'concat'; readonly parts: readonly Value[] }
  | { readonly by: 'elementwise'; readonly node: Node; readonly operands: readonly Value[] }
  | { readonly by: 'matmul'; readonly product: Node; readonly columns: number };

const definition = (graph: Graph, value: Value): Definition | null => {
  const node = graph.producer(value);
  if (node === undefined) return null;
  const inputs = node.inputs as readonly Value[];
  if (node.op === 'Concat') return { by: 'concat', parts: inputs };
  if (ELEMENTWISE.has(node.op)) {
    const fit = inputs.every((input) => elements(input.shape) === 1 || sameShape(input.shape, value.shape));
    return fit ? { by: 'elementwise', node, operands: inputs } : null;
  }
  if (node.op !== 'Reshape') return null;
  const product = graph.producer(inputs[0] as Value);
  return product?.op === 'Gemm' ? { by: 'matmul', product, columns: inputs[0]?.shape[1] as number } : null;
};

const isVector = (operand: Value, { shape }: Value) => sameShape(operand.shape, shape);

/** What the vectors need besides themselves: factors, and what goes into their products. */
const needs = (graph: Graph, value: Value, seen: Set<Value>): Value[] => {
  if (seen.has(value)) return [];
  seen.add(value);
  const own = definition(graph, value);
  if (own === null) return [value];
  if (own.by === 'concat') return own.parts.flatMap((part) => needs(graph, part, seen));
  if (own.by === 'matmul') return own.product.inputs as Value[];
  return own.operands.flatMap((operand) => (isVector(operand, value) ? needs(graph, operand, seen) : [operand]));
};

/** Places between 0 and its length where a vector can be cut at little cost, unordered. */
const cutPoints = (cutting: Cutting, value: Value, found = new Map<Value, readonly number[]>()): readonly number[] => {
  const known = found.get(value);
  if (known !== undefined) return known;
  const own = cuttable(cutting, value);
  const places: number[] = [];
  found.set(value, places);
  if (own?.by === 'concat') {
    let begin = 0;
    for (const part of own.parts) {
      places.push(begin, ...cutPoints(cutting, part, found).map((point) => begin + point));
      begin += part.shape[0] as number;
    }
  }
  if (own?.by === 'elementwise')
    for (const operand of own.operands) if (isVector(operand, value)) places.push(...cutPoints(cutting, operand, found));
  if (own?.by === 'matmul') {
    const step = own.columns * Math.max(1, Math.round(TILE / own.columns));
    for (let place = step; place < elements(value.shape); place += step) places.push(place);
  }
  return places;
};

/** The definition along which a vector can be cut without computing anything twice; null where it cannot. */
const cuttable = ({ graph, whole }: Cutting, value: Value): Definition | null => {
  const own = definition(graph, value);
  if (own?.by === 'concat') return own;
  const needed = own !== null && (whole.has(graph.producer(value) as Node) || (own.by === 'matmul' && whole.has(own.product)));
  return needed ? null : own;
};

/** A matrix product of some rows only. */
const rows = (graph: Graph, { inputs, attributes, outputs: [whole] }: Node, begin: number, end: number): Value => {
  const [a, b] = inputs as [Value, Value];
  const axis = attributes.transA?.value === 1 ? 1 : 0;
  const shape = [end - begin, (whole as Value).shape[1] as number];
  return graph.add('Gemm', [slice(graph, a, [{ axis, begin, end }]), b], { shape, dtype: a.dtype }, attributes);
};

/** Whether a node is the last use of y, so that its sum may be written over y. */
const isLastUse = ({ graph, target, all, before }: Cutting, y: Value, node: Node, value: Value, product: Value): boolean => {
  if (graph.origin(y) !== undefined) return before.length > 0 && value === target.value && graph.origin(y)?.entry === target.entry;
  if (all.some((next) => next.value === value)) return false;
  const earlier = graph.ancestors([product]);
  return graph.nodes.every((user) => user === node || !user.inputs.includes(y) || earlier.has(user));
};

/** x, factor and y of y ± factor · x, where one axpy can write it over y. */
const axpyOf = (cutting: Cutting, value: Value, { node, operands }: Definition & { by: 'elementwise' }) => {
  const { graph, block, whole } = cutting;
  if (block === 1 || (node.op !== 'Add' && node.op !== 'Sub')) return null;
  const orders = node.op === 'Add' ? [operands, [...operands].reverse()] : [operands];
  for (const [y, product] of orders as [Value, Value][]) {
    const times = graph.producer(product);
    if (times?.op !== 'Mul' || whole.has(times) || !isVector(y, value)) continue;
    const [a, b] = times.inputs as [Value, Value];
    const [x, factor] = elements(b.shape) === 1 ? [a, b] : [b, a];
    if (elements(factor.shape) !== 1 || !isVector(x, value) || !isLastUse(cutting, y, node, value, product)) continue;
    return { x, y, factor: node.op === 'Add' ? factor : binary(graph, 'Mul', factor, graph.scalar(-1)) };
  }
  return null;
};

/** A factor of what is written into a donated buffer, with a control dependency on those who read that buffer. */
const delayed = ({ graph, own, before }: Cutting, node: Node, factor: Value): Value =>
  factor.constant === undefined && own.has(node) ? withControlDependencies(graph, factor, before) : factor;

/** The numbers of a vector from `begin` to `end`, computed from the same slice of what defines it. */
const sliceOf = (cutting: Cutting, value: Value, begin: number, end: number): Value => {
  if (begin === 0 && end === value.shape[0]) return value;
  const { graph } = cutting;
  const own = cuttable(cutting, value);
  if (own?.by === 'concat') {
    let offset = 0;
    const parts: Value[] = [];
    for (const part of own.parts) {
      const length = part.shape[0] as number;
      const [from, to] = [Math.max(0, begin - offset), Math.min(length, end - offset)];
      if (from < to) parts.push(sliceOf(cutting, part, from, to));
      offset += length;
    }
    return concatVectors(graph, parts);
  }
  if (own?.by === 'elementwise') {
    const last = end - begin < LARGE ? null : axpyOf(cutting, value, own);
    if (last !== null) {
      const [x, y] = [last.x, last.y].map((operand) => sliceOf(cutting, operand, begin, end)) as [Value, Value];
      const sum = axpy(graph, cutting.block, x, delayed(cutting, own.node, last.factor), y);
      if (sum !== null) return sum;
    }
    const operands = own.operands.map((operand) =>
      isVector(operand, value) ? sliceOf(cutting, operand, begin, end) : delayed(cutting, own.node, operand),
    );
    return graph.add(own.node.op, operands, { shape: [end - begin], dtype: value.dtype }, own.node.attributes);
  }
  if (own?.by === 'matmul' && begin % own.columns === 0 && end % own.columns === 0) {
    return reshape(graph, rows(graph, own.product, begin / own.columns, end / own.columns), [end - begin]);
  }
  return slice(graph, value, [{ axis: 0, begin, end }]);
};

export type Piece = { readonly begin: number; readonly value: Value };

/** From this many numbers on, a second buffer costs more than control dependencies on those who read the first. */
const LEAST_DONATED = 1 << 20;
const MOST_READERS = 16;

/** What else is computed from an entry's current numbers; empty where that is much, and the buffer is not to be donated. */
const currentReaders = (graph: Graph, whole: ReadonlySet<Node>, { entry, value }: Next): Value[] => {
  if (elements(value.shape) < LEAST_DONATED) return [];
  const readers = [...whole].filter(({ inputs }) => inputs.some((input) => input !== null && graph.origin(input)?.entry === entry));
  return readers.length > MOST_READERS ? [] : readers.flatMap(({ outputs }) => outputs.slice(0, 1));
};

/** The value without the Reshape that gives it its shape: ONNX Runtime copies an output to reshape it. */
const withoutReshape = (graph: Graph, value: Value): Value => {
  const node = graph.producer(value);
  return node?.op === 'Reshape' ? (node.inputs[0] as Value) : value;
};

const cut = (cutting: Cutting): Piece[] => {
  const { value } = cutting.target;
  const length = elements(value.shape);
  if (value.shape.length !== 1 || length <= LARGE) return [{ begin: 0, value }];
  const places = [...new Set([0, ...cutPoints(cutting, value), length])].sort((a, b) => a - b);
  const lengths = places.slice(1).map((place, index) => place - (places[index] as number));
  let begin = 0;
  return runs(lengths, LARGE).map((run) => {
    const end = run.reduce((sum, own) => sum + own, begin);
    const piece = { begin, value: withoutReshape(cutting.graph, sliceOf(cutting, value, begin, end)) };
    begin = end;
    return piece;
  });
};

/**
 * Cuts a state's next numbers into pieces that are computed alone: slicing is pushed through the concatenations and elementwise operators that
 * define them. Long parts are not concatenated, short neighbours stay together, and a matrix product (the gradient of a dense layer) is tiled: some
 * of its rows at a time go through the whole update while they are in the cache. Pieces need no copy into one vector and none out of it.
 *
 * @param others what else the graph computes: what they need whole is not computed again in pieces
 */
export const pieces = (graph: Graph, block: number, all: readonly Next[], others: readonly Value[]): readonly (readonly Piece[])[] => {
  const seen = new Set<Value>();
  const whole = graph.ancestors([...others, ...all.flatMap(({ value }) => needs(graph, value, seen))]);
  return all.map((target) => {
    const shared = graph.ancestors(all.flatMap((next) => (next === target ? [] : [next.value])));
    const own = new Set([...graph.ancestors([target.value])].filter((node) => !shared.has(node)));
    return cut({ graph, block, target, all, whole, own, before: currentReaders(graph, whole, target) });
  });
};
