import { cast, onnxType } from './arithmetic.ts';
import { Graph } from './graph.ts';
import { liveNodes } from './live.ts';
import type { Node, Value } from './value.ts';

const PRODUCTS = new Set(['Conv', 'ConvTranspose', 'Gemm', 'MatMul']);

/** Operators that only move the numbers of their first input. */
const MOVING = new Set(['Reshape', 'Transpose', 'Slice', 'Split', 'Expand', 'Tile', 'Pad']);

/** The inputs whose numbers have to be of 16 bits for the node to be computed in them; null for nodes that are not. */
const factorsOf = ({ domain, op, inputs }: Node): readonly (Value | null)[] | null => {
  if (domain !== '') return null;
  if (PRODUCTS.has(op) || op === 'Concat') return inputs;
  // A third input is what is padded with.
  return MOVING.has(op) && !(op === 'Pad' && inputs.length > 2) ? inputs.slice(0, 1) : null;
};

/** The graph under way, and where the old one's numbers are in it: as they were, or in 16 bits. */
class Rewriting {
  readonly graph: Graph;
  readonly #plain = new Map<number, Value>();
  readonly #halves = new Map<number, Value>();

  constructor(old: Graph) {
    this.graph = new Graph(old.mostTensors);
    for (const { name, value, origin } of old.inputs) this.#plain.set(value.id, this.graph.input(name, value.shape, value.dtype, origin));
  }

  plain(value: Value): Value {
    const known = this.#plain.get(value.id);
    if (known !== undefined) return known;
    const half = this.#halves.get(value.id);
    const made = half === undefined ? this.#constant(value) : cast(this.graph, half, 'float32');
    this.#plain.set(value.id, made);
    return made;
  }

  #constant({ constant, shape, dtype }: Value): Value {
    if (constant === undefined) throw new Error('internal error: a node comes before what it reads');
    return this.graph.constant(constant, shape, dtype);
  }

  add(node: Node): void {
    if (node.op === 'Cast' && this.#cast(node)) return;
    const { op, attributes, domain } = node;
    const factors = factorsOf(node);
    const halves = factors?.map((factor) => (factor === null ? undefined : this.#halves.get(factor.id)));
    const inHalf = halves?.every((half) => half !== undefined) === true;
    const inputs = node.inputs.map((input, index) => (input === null ? null : (inHalf && halves[index]) || this.plain(input)));
    const specs = node.outputs.map(({ shape, dtype }) => ({ shape, dtype: inHalf ? 'float16' : dtype }) as const);
    const outputs = this.graph.addMany(op, inputs, specs, attributes, domain);
    for (const [index, { id }] of node.outputs.entries()) (inHalf ? this.#halves : this.#plain).set(id, outputs[index] as Value);
  }

  /** Casts to float16, and back: only where they lead from or to numbers that are float32 in the new graph too is there anything to do. */
  #cast(node: Node): boolean {
    const { inputs, outputs } = node;
    const [input, output] = [inputs[0] as Value, outputs[0] as Value];
    const known = this.#halves.get(input.id);
    if (isCastToHalf(node)) {
      this.#halves.set(output.id, known ?? cast(this.graph, this.plain(input), 'float16'));
      return true;
    }
    if (input.dtype !== 'float16' || known === undefined) return false;
    this.#halves.set(output.id, known);
    return true;
  }
}

const isCastToHalf = ({ op, attributes }: Node): boolean => op === 'Cast' && attributes.to?.value === onnxType('float16');

/**
 * The same with products of numbers that were rounded to float16 computed in float16, as tensor cores do: by casts there and back alone they are computed in
 * float32. What only moves such numbers moves them in 16 bits. Results of products are float16 then, whether they were rounded or not.
 */
export const withHalfProducts = (graph: Graph): Graph => {
  if (!graph.nodes.some(isCastToHalf)) return graph;
  const rewriting = new Rewriting(graph);
  for (const node of liveNodes(graph)) rewriting.add(node);
  for (const { name, value, origin } of graph.outputs) rewriting.graph.output(name, rewriting.plain(value), origin);
  return rewriting.graph;
};
