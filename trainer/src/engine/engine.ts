import type { tf } from './tf.ts';

/** Shape and type of a tensor that enters or leaves a program. */
export type TensorSpec = { readonly shape: readonly number[]; readonly dtype: 'float32' | 'int32' };

export type TensorData = Float32Array | Int32Array;

/** What a program reads: `state` stays with the engine between calls, `inputs` come with each call. */
export type Signature = {
  readonly state: Readonly<Record<string, TensorSpec>>;
  readonly inputs: Readonly<Record<string, TensorSpec>>;
};

/**
 * A pure function in plain TensorFlow.js. It must not read a tensor's values (`dataSync`, `array`), draw random numbers or branch on
 * anything but shapes: whatever varies between calls is an input. `state` in the result holds the entries it replaces, under
 * their names and with their shapes; `outputs` go back to the caller.
 */
export type StepFunction = (
  state: Readonly<Record<string, tf.Tensor>>,
  inputs: Readonly<Record<string, tf.Tensor>>,
) => { state: Readonly<Record<string, tf.Tensor>>; outputs: Readonly<Record<string, tf.Tensor>> };

/** What a state begins with: tensors by name, and their numbers. */
export type StateEntries = Readonly<Record<string, { readonly spec: TensorSpec; readonly data: TensorData }>>;

/** Named tensors that an engine keeps where it computes, as far as its provider can. Shared by the programs of one engine. */
export interface EngineState {
  /** Copies of the named entries (all of them, if none is named). */
  read(names?: readonly string[]): Promise<Record<string, TensorData>>;
  /** Replaces entries; throws on an unknown name or a wrong length. */
  write(values: Readonly<Record<string, TensorData>>): Promise<void>;
  dispose(): void;
}

/** Steps taken in one call, between which the state stays where it is computed with. */
export interface SeveralSteps {
  /** How many are worth being handed in at once. */
  readonly most: number;
  /** Runs once for each of the inputs, in their order, as `run` would. */
  run(state: EngineState, inputs: readonly Readonly<Record<string, TensorData>>[]): Promise<Record<string, TensorData>[]>;
}

/** A step function made callable for one signature. */
export interface Program {
  /** Milliseconds that making it took. */
  readonly compileMs: number;
  /** Runs once: replaces the state's entries that the function returned, and gives its outputs. */
  run(state: EngineState, inputs: Readonly<Record<string, TensorData>>): Promise<Record<string, TensorData>>;
  /** Absent where a call for each step is as good. */
  readonly several?: SeveralSteps;
  /** Releases native memory. The program is unusable afterwards. */
  dispose(): Promise<void>;
}

/** What must be equal for two runs to give bit-identical numbers. */
export type Fingerprint = {
  readonly engine: 'compiled' | 'eager';
  readonly provider: string;
  readonly threads: number;
  readonly runtime: string;
  readonly cpu: string;
};

/** Makes step functions callable. Every engine gives the same numbers within rounding. */
export interface Engine {
  /** One of `ENGINE_NAMES`, or of a TensorFlow.js backend that has no name there. */
  readonly name: string;
  readonly fingerprint: Fingerprint;
  createState(entries: StateEntries): EngineState;
  prepare(name: string, signature: Signature, step: StepFunction): Promise<Program>;
  dispose(): Promise<void>;
}
