import { Graph } from './graph/graph.ts';
import type { Value } from './graph/value.ts';
import type { TracedDtype } from './traced.ts';

/** What the graph is written for. */
export type Target = {
  /** Channels per block of ONNX Runtime's CPU convolutions on this machine; 1 where there are none, as on GPUs. */
  readonly block: number;
  /** Most tensors that one node may read or write; absent: any number. */
  readonly mostTensors?: number | undefined;
  /** Inputs and outputs can be views of the state's memory, as on the CPU. */
  readonly views?: boolean | undefined;
  /**
   * Numbers of 16 bits. `none`: not even casts to them, so that rounding is arithmetic. `products`: products of numbers that were rounded to float16 are computed
   * in it; views are left as they are, so that there must be none. Absent: casts alone.
   */
  readonly halves?: 'none' | 'products' | undefined;
  /** Where the state comes whole, a program that replaces some of it takes several steps in one call. */
  readonly several?: boolean | undefined;
};

/** A trace under way: the graph it writes and what it is written for. */
export class Trace {
  readonly graph: Graph;
  readonly block: number;
  readonly castsToHalf: boolean;

  constructor({ block, mostTensors, halves }: Target) {
    this.graph = new Graph(mostTensors);
    this.block = block;
    this.castsToHalf = halves !== 'none';
  }

  /** A scalar constant. */
  number(value: number, dtype: TracedDtype = 'float32'): Value {
    if (dtype === 'float32') return this.graph.scalar(value);
    return this.graph.constant(dtype === 'bool' ? Uint8Array.of(value) : Int32Array.of(value), [], dtype);
  }
}
