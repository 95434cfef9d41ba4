import { binary } from './arithmetic.ts';
import { multiplyAdd } from './axpy.ts';
import { after } from './control-dependency.ts';
import type { Graph } from './graph.ts';
import { ELEMENTWISE, joinVectors } from './horizontal-fusion.ts';
import { reshape, slice } from './shaping.ts';
import { LARGE, runs } from './split.ts';
import { elements, type Node, sameShape, type Value } from './value.ts';

/** Numbers of a matrix product worked on at once: what an update reads and writes of so many stays in the processor's cache. */
const CACHED = 1 << 19;

type Cutting = {
  readonly graph: Graph;
  /** Channels per block of the CPU's convolutions, 1 if there are none. */
  readonly block: number;
  /** What is cut: an entry's next numbers, and those of all entries. */
  readonly goal: Next;
  readonly all: readonly Next[];
  /** Nodes whose results are wanted whole, whatever is cut. */
  readonly whole: ReadonlySet<Node>;
  /** Nodes that nothing but the goal depends on. */
  readonly own: ReadonlySet<Node>;
  /** What must have been computed before the goal is written over its entry; empty, if it has a buffer of its own. */
  readonly before: readonly Value[];
};

/** A state's entry and its next numbers. */
export type Next = { readonly entry: string; readonly value: Value };

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

/** How a vector can be cut without computing anything twice; null where it cannot. */
const cuttable = ({ graph, whole }: Cutting, value: Value): Made | null => {
  const own = made(graph, value);
  if (own?.by === 'joining') return own;
  const wanted = own !== null && (whole.has(graph.producer(value) as Node) || (own.by === 'rows' && whole.has(own.product)));
  return wanted ? null : own;
};

/** Rows of a matrix product, computed alone. */
const rows = (graph: Graph, { inputs, attributes, outputs: [whole] }: Node, begin: number, end: number): Value => {
  const [a, b] = inputs as [Value, Value];
  const axis = attributes.transA?.value === 1 ? 1 : 0;
  const shape = [end - begin, (whole as Value).shape[1] as number];
  return graph.add('Gemm', [slice(graph, a, [{ axis, begin, end }]), b], { shape, dtype: a.dtype }, attributes);
};

/** Whether a node's sum may be written over y: nothing reads y later. */
const isLastOf = ({ graph, goal, all, before }: Cutting, y: Value, node: Node, value: Value, product: Value): boolean => {
  if (graph.origin(y) !== undefined) return before.length > 0 && value === goal.value && graph.origin(y)?.entry === goal.entry;
  if (all.some((next) => next.value === value)) return false;
  const earlier = graph.ancestors([product]);
  return graph.nodes.every((user) => user === node || !user.inputs.includes(y) || earlier.has(user));
};

/** x, factor and y of y ± factor · x, where one pass can write it over y. */
const lastSum = (cutting: Cutting, value: Value, { node, operands }: Made & { by: 'elements' }) => {
  const { graph, block, whole } = cutting;
  if (block === 1 || (node.op !== 'Add' && node.op !== 'Sub')) return null;
  const orders = node.op === 'Add' ? [operands, [...operands].reverse()] : [operands];
  for (const [y, product] of orders as [Value, Value][]) {
    const times = graph.producer(product);
    if (times?.op !== 'Mul' || whole.has(times) || !isVector(y, value)) continue;
    const [a, b] = times.inputs as [Value, Value];
    const [x, factor] = elements(b.shape) === 1 ? [a, b] : [b, a];
    if (elements(factor.shape) !== 1 || !isVector(x, value) || !isLastOf(cutting, y, node, value, product)) continue;
    return { x, y, factor: node.op === 'Add' ? factor : binary(graph, 'Mul', factor, graph.scalar(-1)) };
  }
  return null;
};

/** A factor on the way to what is written over a state that others may still have to read: not to be had before they have. */
const late = ({ graph, own, before }: Cutting, node: Node, factor: Value): Value =>
  factor.constant === undefined && own.has(node) ? after(graph, factor, before) : factor;

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
      const sum = multiplyAdd(graph, cutting.block, x, late(cutting, own.node, last.factor), y);
      if (sum !== null) return sum;
    }
    const operands = own.operands.map((operand) =>
      isVector(operand, value) ? stretchOf(cutting, operand, begin, end) : late(cutting, own.node, operand),
    );
    return graph.add(own.node.op, operands, { shape: [end - begin], dtype: value.dtype }, own.node.attributes);
  }
  if (own?.by === 'rows' && begin % own.columns === 0 && end % own.columns === 0) {
    return reshape(graph, rows(graph, own.product, begin / own.columns, end / own.columns), [end - begin]);
  }
  return slice(graph, value, [{ axis: 0, begin, end }]);
};

export type Piece = { readonly begin: number; readonly value: Value };

/** From this many numbers on, a second buffer costs more than waiting for those that read the first. */
const OVERWRITTEN = 1 << 20;
const MOST_READERS = 16;

/** What is computed from an entry's current numbers elsewhere, if it is little. */
const readings = (graph: Graph, whole: ReadonlySet<Node>, { entry, value }: Next): Value[] => {
  if (elements(value.shape) < OVERWRITTEN) return [];
  const readers = [...whole].filter(({ inputs }) => inputs.some((input) => input !== null && graph.origin(input)?.entry === entry));
  return readers.length > MOST_READERS ? [] : readers.flatMap(({ outputs }) => outputs.slice(0, 1));
};

/** Before it was given another shape, which an output would be copied for. */
const unshaped = (graph: Graph, value: Value): Value => {
  const node = graph.producer(value);
  return node?.op === 'Reshape' ? (node.inputs[0] as Value) : value;
};

const cut = (cutting: Cutting): Piece[] => {
  const { value } = cutting.goal;
  const length = elements(value.shape);
  if (value.shape.length !== 1 || length <= LARGE) return [{ begin: 0, value }];
  const places = [...new Set([0, ...seams(cutting, value), length])].sort((a, b) => a - b);
  const lengths = places.slice(1).map((place, index) => place - (places[index] as number));
  let begin = 0;
  return runs(lengths, LARGE).map((run) => {
    const end = run.reduce((sum, own) => sum + own, begin);
    const piece = { begin, value: unshaped(cutting.graph, stretchOf(cutting, value, begin, end)) };
    begin = end;
    return piece;
  });
};

/**
 * A state's next numbers, which were joined and computed with, as pieces that are computed alone: long parts never are joined, short
 * neighbours stay together, and of a matrix product (the gradient of a dense layer) some rows at a time go through all that follows while
 * they are in the cache. What is handed out piece by piece needs no copy into one vector and none out of it.
 *
 * @param others what else the graph computes: what they need whole is not computed again piece by piece
 */
export const pieces = (graph: Graph, block: number, all: readonly Next[], others: readonly Value[]): readonly (readonly Piece[])[] => {
  const seen = new Set<Value>();
  const whole = graph.ancestors([...others, ...all.flatMap(({ value }) => needs(graph, value, seen))]);
  return all.map((goal) => {
    const shared = graph.ancestors(all.flatMap((next) => (next === goal ? [] : [next.value])));
    const own = new Set([...graph.ancestors([goal.value])].filter((node) => !shared.has(node)));
    return cut({ graph, block, goal, all, whole, own, before: readings(graph, whole, goal) });
  });
};
