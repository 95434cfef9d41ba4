import type ort from 'onnxruntime-node';
import { alive } from '../../alive.ts';
import type { EngineState, Program, Signature, TensorData } from '../engine.ts';
import type { ProviderName } from '../names.ts';
import { checkInputs, checkState, SignatureError, sizeOf } from '../signature.ts';
import { nativeFailure } from './native-failure.ts';
import type { Provider } from './provider.ts';
import { runZeroCopy } from './run-zero-copy.ts';
import type { Sessions, SharedSession } from './sessions.ts';
import { CompiledState, tensorOf } from './state.ts';
import type { TracedStep } from './trace-step.ts';

type Feeds = Record<string, ort.Tensor>;

/** What a program is made with. */
type Making = {
  readonly provider: Provider;
  readonly sessions: Sessions;
  /** When it began, by `performance.now()`. */
  readonly started: number;
  /** Called once the program is no more. */
  readonly disposed: () => void;
};

/**
 * ONNX Runtime compiles a graph in one call, which blocks this process, and for a GPU the rest in the first step. That of four ResNet-56 takes
 * some seconds of two cores; a machine that is slow or busy may take this long.
 */
const COMPILE_SECONDS = 60;

/** A traced step in an ONNX Runtime session. */
export class CompiledProgram implements Program {
  readonly compileMs: number;
  readonly #name: string;
  readonly #signature: Signature;
  readonly #traced: Omit<TracedStep, 'model'>;
  readonly #provider: ProviderName;
  readonly #disposed: () => void;
  #shared: SharedSession | null;
  #ran = false;

  private constructor(
    name: string,
    signature: Signature,
    traced: TracedStep,
    shared: SharedSession,
    { provider, started, disposed }: Making,
  ) {
    this.#name = name;
    this.#signature = signature;
    // Without the model, of which ONNX Runtime has made its own.
    const { model: _made, ...kept } = traced;
    this.#traced = kept;
    this.#shared = shared;
    this.#provider = provider.name;
    this.#disposed = disposed;
    this.compileMs = performance.now() - started;
  }

  static async load(name: string, signature: Signature, traced: TracedStep, making: Making): Promise<CompiledProgram> {
    const { provider, sessions } = making;
    alive(COMPILE_SECONDS);
    try {
      const shared = await sessions.acquire(
        traced.model,
        traced.writes.map(({ name }) => name),
      );
      return new CompiledProgram(name, signature, traced, shared, making);
    } catch (error) {
      throw nativeFailure(name, provider.name, `ONNX Runtime refused the compiled graph on ${provider.name}`, error);
    }
  }

  async run(state: EngineState, inputs: Readonly<Record<string, TensorData>>): Promise<Record<string, TensorData>> {
    const shared = this.#shared;
    if (shared === null) throw new SignatureError(`${this.#name} was disposed of, and cannot run`);
    if (!(state instanceof CompiledState)) throw new SignatureError(`${this.#name}: this state belongs to another engine`);
    const { state: stateSpecs, inputs: inputSpecs } = this.#signature;
    checkState(this.#name, stateSpecs, (name) => state.spec(name));
    checkInputs(this.#name, inputSpecs, inputs);

    const feeds: Feeds = {};
    for (const view of this.#traced.reads) feeds[view.name] = state.current(view);
    for (const [name, spec] of Object.entries(inputSpecs)) feeds[`input.${name}`] = tensorOf(spec, inputs[name] as TensorData);
    if (this.#provider === 'cpu') return this.#runHere(shared.session, state, feeds);
    if (!this.#ran) alive(COMPILE_SECONDS);
    this.#ran = true;
    return this.#runOnDevice(shared.session, state, feeds);
  }

  /** In the CPU's memory: everything is written into buffers that are there already. */
  async #runHere(session: ort.InferenceSession, state: CompiledState, feeds: Feeds): Promise<Record<string, TensorData>> {
    const buffers: Record<string, ort.Tensor> = {};
    const { writes, replaced, donated } = this.#traced;
    for (const view of writes) {
      buffers[view.name] = donated.includes(view.entry) ? state.current(view) : state.spare(view);
    }
    const outputs: Record<string, TensorData> = {};
    for (const [name, spec] of Object.entries(this.#traced.outputs)) {
      const data = spec.dtype === 'float32' ? new Float32Array(sizeOf(spec.shape)) : new Int32Array(sizeOf(spec.shape));
      buffers[`output.${name}`] = tensorOf(spec, data);
      outputs[name] = data;
    }
    await this.#explained(runZeroCopy(session, feeds, buffers));
    for (const entry of replaced) if (!donated.includes(entry)) state.advance(entry);
    return outputs;
  }

  /** On a GPU: the state stays there where it can, the outputs come back. */
  async #runOnDevice(session: ort.InferenceSession, state: CompiledState, feeds: Feeds): Promise<Record<string, TensorData>> {
    const results = await this.#explained(session.run(feeds));
    for (const { name, entry } of this.#traced.writes) state.advance(entry, results[name]);
    return Object.fromEntries(Object.keys(this.#traced.outputs).map((name) => [name, results[`output.${name}`]?.data as TensorData]));
  }

  async #explained<T>(run: Promise<T>): Promise<T> {
    try {
      return await run;
    } catch (error) {
      throw nativeFailure(this.#name, this.#provider, `a step failed in ONNX Runtime on ${this.#provider}`, error);
    }
  }

  async dispose(): Promise<void> {
    const shared = this.#shared;
    this.#shared = null;
    this.#disposed();
    await shared?.release();
  }
}
