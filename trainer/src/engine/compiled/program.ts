import type ort from 'onnxruntime-node';
import type { EngineState, Program, Signature, TensorData } from '../engine.ts';
import { EngineError } from '../engine-error.ts';
import { checkInputs, checkState, SignatureError, sizeOf } from '../signature.ts';
import { messageOf, type Provider } from './provider.ts';
import type { Lent, Sessions } from './sessions.ts';
import { CompiledState, tensorOf } from './state.ts';
import type { TracedStep } from './trace-step.ts';

/** A traced step in an ONNX Runtime session. */
export class CompiledProgram implements Program {
  readonly compileMs: number;
  readonly #name: string;
  readonly #signature: Signature;
  readonly #traced: Pick<TracedStep, 'replaced' | 'outputs'>;
  readonly #onDevice: boolean;
  #lent: Lent | null;

  private constructor(name: string, signature: Signature, traced: TracedStep, lent: Lent, provider: Provider, compileMs: number) {
    this.#name = name;
    this.#signature = signature;
    // Without the model, of which ONNX Runtime has made its own.
    this.#traced = { replaced: traced.replaced, outputs: traced.outputs };
    this.#lent = lent;
    this.#onDevice = provider.name !== 'cpu';
    this.compileMs = compileMs;
  }

  /** @param started when making the program began, by `performance.now()` */
  static async load(
    name: string,
    signature: Signature,
    traced: TracedStep,
    { provider, sessions, started }: { provider: Provider; sessions: Sessions; started: number },
  ): Promise<CompiledProgram> {
    try {
      const lent = await sessions.lend(
        traced.model,
        traced.replaced.map((entry) => `next.${entry}`),
      );
      return new CompiledProgram(name, signature, traced, lent, provider, performance.now() - started);
    } catch (error) {
      throw new EngineError(`${name}: ONNX Runtime refused the compiled graph on ${provider.name}: ${messageOf(error)}`);
    }
  }

  async run(state: EngineState, inputs: Readonly<Record<string, TensorData>>): Promise<Record<string, TensorData>> {
    const lent = this.#lent;
    if (lent === null) throw new SignatureError(`${this.#name} was disposed`);
    if (!(state instanceof CompiledState)) throw new SignatureError(`${this.#name}: this state belongs to another engine`);
    const { state: stateSpecs, inputs: inputSpecs } = this.#signature;
    checkState(this.#name, stateSpecs, (name) => state.spec(name));
    checkInputs(this.#name, inputSpecs, inputs);

    const feeds: Record<string, ort.Tensor> = {};
    for (const name of Object.keys(stateSpecs)) feeds[`state.${name}`] = state.tensor(name);
    for (const [name, spec] of Object.entries(inputSpecs)) feeds[`input.${name}`] = tensorOf(spec, inputs[name] as TensorData);
    const fetches: Record<string, ort.Tensor | null> = {};
    for (const name of this.#traced.replaced) fetches[`next.${name}`] = this.#onDevice ? null : state.spare(name);
    const outputs = Object.entries(this.#traced.outputs).map(([name, spec]) => {
      const size = sizeOf(spec.shape);
      return [name, spec, spec.dtype === 'float32' ? new Float32Array(size) : new Int32Array(size)] as const;
    });
    for (const [name, spec, data] of outputs) fetches[`output.${name}`] = this.#onDevice ? null : tensorOf(spec, data);

    const results = await this.#call(lent.session, feeds, fetches);
    for (const name of this.#traced.replaced) state.advance(name, fetches[`next.${name}`] ?? (results[`next.${name}`] as ort.Tensor));
    return Object.fromEntries(
      outputs.map(([name, , data]) => [name, this.#onDevice ? (results[`output.${name}`]?.data as TensorData) : data]),
    );
  }

  async #call(session: ort.InferenceSession, feeds: Record<string, ort.Tensor>, fetches: Record<string, ort.Tensor | null>) {
    try {
      return await session.run(feeds, fetches);
    } catch (error) {
      const message = messageOf(error);
      if (/bad_alloc|out of memory|failed to allocate|allocation/i.test(message)) {
        throw new EngineError(`${this.#name} ran out of memory (${message}): take a smaller batch, narrower networks or fewer of them`);
      }
      throw new EngineError(`${this.#name} failed in ONNX Runtime: ${message}`);
    }
  }

  async dispose(): Promise<void> {
    const lent = this.#lent;
    this.#lent = null;
    await lent?.release();
  }
}
