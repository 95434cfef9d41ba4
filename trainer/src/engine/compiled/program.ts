import type ort from 'onnxruntime-node';
import { alive } from '../../alive.ts';
import type { EngineState, Program, SeveralSteps, Signature, TensorData } from '../engine.ts';
import { checkInputs, checkState, SignatureError, sizeOf } from '../signature.ts';
import { nativeFailure } from './native-failure.ts';
import type { Provider } from './provider.ts';
import { runZeroCopy } from './run-zero-copy.ts';
import type { Sessions, SharedSession } from './sessions.ts';
import { arrayOf, CompiledState, tensorOf } from './state.ts';
import type { TracedStep } from './trace-step.ts';

type Feeds = Record<string, ort.Tensor>;
type Inputs = Readonly<Record<string, TensorData>>;

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
  readonly several?: SeveralSteps;
  readonly #name: string;
  readonly #signature: Signature;
  readonly #traced: Omit<TracedStep, 'model'>;
  readonly #provider: Provider;
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
    this.#provider = provider;
    const { stepsPerCall: most = 1 } = provider;
    if (traced.several) this.several = { most, run: (state, steps) => this.#runSteps(state, steps) };
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

  async run(state: EngineState, inputs: Inputs): Promise<Record<string, TensorData>> {
    if (this.#traced.several) return (await this.#runSteps(state, [inputs]))[0] as Record<string, TensorData>;
    const { session, own } = this.#expectReady(state, [inputs]);
    const feeds = this.#stateFeeds(own);
    for (const [name, spec] of this.#inputs) feeds[`input.${name}`] = tensorOf(spec, inputs[name] as TensorData);
    if (this.#provider.views === true) return this.#runHere(session, own, feeds);
    const results = await this.#runOnDevice(session, own, feeds);
    return Object.fromEntries(Object.keys(this.#traced.outputs).map((name) => [name, results[`output.${name}`]?.data as TensorData]));
  }

  /** Several steps in one call: what is not state lies one step behind the other. */
  async #runSteps(state: EngineState, steps: readonly Inputs[]): Promise<Record<string, TensorData>[]> {
    const { session, own } = this.#expectReady(state, steps);
    const feeds = this.#stateFeeds(own);
    for (const [name, { shape, dtype }] of this.#inputs) {
      const all = arrayOf(dtype, steps.length * sizeOf(shape));
      steps.forEach((inputs, index) => {
        all.set(inputs[name] as TensorData, index * sizeOf(shape));
      });
      feeds[`input.${name}`] = tensorOf({ shape: [steps.length, ...shape], dtype }, all);
    }
    const results = await this.#runOnDevice(session, own, feeds);
    const outputs = Object.entries(this.#traced.outputs);
    return steps.map((_, index) =>
      Object.fromEntries(
        outputs.map(([name, { shape }]) => {
          const all = results[`output.${name}`]?.data as TensorData;
          return [name, all.slice(index * sizeOf(shape), (index + 1) * sizeOf(shape))];
        }),
      ),
    );
  }

  get #inputs() {
    return Object.entries(this.#signature.inputs);
  }

  /** What runs, on which state. @throws SignatureError unless state and inputs are what the program takes */
  #expectReady(state: EngineState, steps: readonly Inputs[]): { session: ort.InferenceSession; own: CompiledState } {
    const shared = this.#shared;
    if (shared === null) throw new SignatureError(`${this.#name} was disposed of, and cannot run`);
    if (!(state instanceof CompiledState)) throw new SignatureError(`${this.#name}: this state belongs to another engine`);
    checkState(this.#name, this.#signature.state, (name) => state.spec(name));
    for (const inputs of steps) checkInputs(this.#name, this.#signature.inputs, inputs);
    return { session: shared.session, own: state };
  }

  #stateFeeds(state: CompiledState): Feeds {
    return Object.fromEntries(this.#traced.reads.map((view) => [view.name, state.current(view)]));
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
      const data = arrayOf(spec.dtype, sizeOf(spec.shape));
      buffers[`output.${name}`] = tensorOf(spec, data);
      outputs[name] = data;
    }
    await this.#explained(runZeroCopy(session, feeds, buffers));
    for (const entry of replaced) if (!donated.includes(entry)) state.advance(entry);
    return outputs;
  }

  /** On a GPU: the state stays there where it can, the outputs come back. */
  async #runOnDevice(session: ort.InferenceSession, state: CompiledState, feeds: Feeds): Promise<Feeds> {
    if (!this.#ran) alive(COMPILE_SECONDS);
    this.#ran = true;
    const results = await this.#explained(session.run(feeds));
    for (const { name, entry } of this.#traced.writes) state.advance(entry, results[name]);
    return results as Feeds;
  }

  async #explained<T>(run: Promise<T>): Promise<T> {
    try {
      return await run;
    } catch (error) {
      const { name } = this.#provider;
      throw nativeFailure(this.#name, name, `a step failed in ONNX Runtime on ${name}`, error);
    }
  }

  async dispose(): Promise<void> {
    const shared = this.#shared;
    this.#shared = null;
    this.#disposed();
    await shared?.release();
  }
}
