import type { Trace } from '../trace.ts';
import type { Traced } from '../traced.ts';

export type Call = {
  readonly trace: Trace;
  /** A tensor of the call by the name TensorFlow.js gives it. */
  readonly input: (name: string) => Traced;
  /** The same for a tensor that need not be given: null then. */
  readonly optional: (name: string) => Traced | null;
  /** All tensors, for kernels with a list of them. */
  readonly list: readonly Traced[];
  readonly attributes: Readonly<Record<string, unknown>>;
};

/** Writes what one TensorFlow.js kernel computes into the graph. */
export type Kernel = (call: Call) => Traced | readonly Traced[];

/** Kernels by TensorFlow.js's name. */
export type KernelTable = Readonly<Record<string, Kernel>>;

/** The attributes under TensorFlow.js's own type for them. */
export const attributesAs = <A>({ attributes }: Call): A => attributes as A;
