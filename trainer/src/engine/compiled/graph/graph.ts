import { createHash } from 'node:crypto';
import { type Attributes, type ConstantData, type Domain, type Dtype, elements, type Node, type Value } from './value.ts';

type OutputSpec = { readonly shape: readonly number[]; readonly dtype: Dtype };

/** Where a view lies in an entry of the state: its numbers are those from `begin` on. */
export type Origin = { readonly entry: string; readonly begin: number };

export type NamedValue = { readonly name: string; readonly value: Value; readonly origin?: Origin };

/** An input or output of the model that is a view of a state's entry. */
export type StateView = Origin & { readonly name: string; readonly shape: readonly number[] };

const bytesOf = (data: ConstantData): Buffer => Buffer.from(data.buffer, data.byteOffset, data.byteLength);

/** Two constants of equal bytes and shape are one. */
const contentKey = (data: ConstantData, shape: readonly number[], dtype: Dtype): string => {
  const bytes = bytesOf(data);
  const content = bytes.length <= 64 ? bytes.toString('latin1') : createHash('sha256').update(bytes).digest('hex');
  return `${dtype}[${shape.join()}]${content}`;
};

/**
 * A static graph under construction. Equal nodes are one node (common subexpressions are shared), equal constants one constant.
 * Everything depends on the order of calls alone, so that equal traces give equal bytes.
 */
export class Graph {
  readonly mostTensors: number;
  readonly inputs: NamedValue[] = [];
  readonly outputs: NamedValue[] = [];
  readonly nodes: Node[] = [];
  readonly #producers = new Map<number, Node>();
  readonly #shared = new Map<string, Node>();
  readonly #constants = new Map<string, Value>();
  readonly #views = new Map<string, Value>();
  readonly #origins = new Map<number, Origin>();
  #count = 0;

  /** @param mostTensors most tensors that one node may read or write at once: GPUs bind few buffers to a shader */
  constructor(mostTensors = Number.POSITIVE_INFINITY) {
    this.mostTensors = mostTensors;
  }

  /** @param origin the view of the state that is handed in here */
  input(name: string, shape: readonly number[], dtype: Dtype, origin?: Origin): Value {
    const value = this.#value({ shape, dtype });
    this.inputs.push(origin === undefined ? { name, value } : { name, value, origin });
    return value;
  }

  /** An input that is a view of a state's entry, in any shape. Views may overlap: they share one memory. */
  view(entry: string, begin: number, shape: readonly number[], dtype: Dtype): Value {
    const name = `state.${entry}.${begin}.${shape.join('x')}`;
    const known = this.#views.get(name);
    if (known !== undefined) return known;
    const origin = { entry, begin };
    const value = this.input(name, shape, dtype, origin);
    this.#views.set(name, value);
    this.#origins.set(value.id, origin);
    return value;
  }

  /** Where in the state a view lies; undefined for all other values. */
  origin(value: Value): Origin | undefined {
    return this.#origins.get(value.id);
  }

  /** @param origin where in the state the output is written */
  output(name: string, value: Value, origin?: Origin): void {
    this.outputs.push(origin === undefined ? { name, value } : { name, value, origin });
  }

  /** A tensor of known numbers; takes the array over. */
  constant(data: ConstantData, shape: readonly number[], dtype: Dtype): Value {
    if (data.length !== elements(shape)) throw new Error(`${data.length} numbers do not fill a constant of shape [${shape.join(', ')}]`);
    const key = contentKey(data, shape, dtype);
    const known = this.#constants.get(key);
    if (known !== undefined) return known;
    const value = { ...this.#value({ shape, dtype }), constant: data };
    this.#constants.set(key, value);
    return value;
  }

  scalar(value: number): Value {
    return this.constant(Float32Array.of(value), [], 'float32');
  }

  /** Shapes, axes and indices. */
  integers(values: readonly number[]): Value {
    return this.constant(BigInt64Array.from(values, BigInt), [values.length], 'int64');
  }

  /** Adds a node with one output, or finds the equal one that is there. */
  add(op: string, inputs: readonly (Value | null)[], output: OutputSpec, attributes: Attributes = {}, domain: Domain = ''): Value {
    return this.addMany(op, inputs, [output], attributes, domain)[0] as Value;
  }

  addMany(
    op: string,
    inputs: readonly (Value | null)[],
    outputs: readonly OutputSpec[],
    attributes: Attributes = {},
    domain: Domain = '',
  ): readonly Value[] {
    const key = `${domain}.${op}(${inputs.map((input) => input?.id ?? '').join()})${JSON.stringify(attributes)}`;
    const known = this.#shared.get(key);
    if (known !== undefined) return known.outputs;
    const node: Node = { domain, op, inputs, attributes, outputs: outputs.map((spec) => this.#value(spec)) };
    this.nodes.push(node);
    this.#shared.set(key, node);
    for (const value of node.outputs) this.#producers.set(value.id, node);
    return node.outputs;
  }

  /** The node that computes a value; none for inputs and constants. */
  producer(value: Value): Node | undefined {
    return this.#producers.get(value.id);
  }

  /** All nodes that values depend on. */
  ancestors(values: readonly Value[]): ReadonlySet<Node> {
    const needed = new Set<Node>();
    const open = [...values];
    for (let value = open.pop(); value !== undefined; value = open.pop()) {
      const node = this.producer(value);
      if (node === undefined || needed.has(node)) continue;
      needed.add(node);
      for (const input of node.inputs) if (input !== null) open.push(input);
    }
    return needed;
  }

  #value({ shape, dtype }: OutputSpec): Value {
    return { id: this.#count++, shape: [...shape], dtype };
  }
}
