import type { Engine, EngineState, Fingerprint, Program, Signature, StateEntries, StepFunction, TensorData, TensorSpec } from './engine.ts';
import { fingerprintOf } from './fingerprint.ts';
import { REFERENCE } from './names.ts';
import { checkData, checkInputs, checkResult, checkState, SignatureError } from './signature.ts';
import { tf } from './tf.ts';
import { withBackend } from './with-backend.ts';

const tensorOf = ({ shape, dtype }: TensorSpec, data: TensorData): tf.Tensor => tf.tensor(data, [...shape], dtype);

/** Tensors on a TensorFlow.js backend, outside every tidy. */
class EagerState implements EngineState {
  readonly backend: string;
  readonly #specs = new Map<string, TensorSpec>();
  readonly #tensors = new Map<string, tf.Tensor>();

  constructor(backend: string, entries: StateEntries) {
    this.backend = backend;
    for (const [name, { spec, data }] of Object.entries(entries)) {
      checkData(name, spec, data);
      this.#specs.set(name, spec);
      this.#create(name, spec, data);
    }
  }

  spec(name: string): TensorSpec | undefined {
    return this.#specs.get(name);
  }

  tensor(name: string): tf.Tensor {
    const tensor = this.#tensors.get(name);
    if (tensor === undefined) throw new SignatureError(`this state holds no ${name}; it holds ${[...this.#specs.keys()].join(', ')}`);
    return tensor;
  }

  /** Takes the tensor over. */
  put(name: string, tensor: tf.Tensor): void {
    this.#tensors.get(name)?.dispose();
    this.#tensors.set(name, tf.keep(tensor));
  }

  async read(names = [...this.#specs.keys()]): Promise<Record<string, TensorData>> {
    return Object.fromEntries(names.map((name) => [name, this.tensor(name).dataSync<'float32' | 'int32'>().slice()]));
  }

  async write(values: Readonly<Record<string, TensorData>>): Promise<void> {
    for (const [name, data] of Object.entries(values)) {
      const { shape } = this.tensor(name);
      const spec = this.#specs.get(name) ?? { shape, dtype: 'float32' };
      this.#create(name, spec, checkData(name, spec, data));
    }
  }

  #create(name: string, spec: TensorSpec, data: TensorData): void {
    this.put(
      name,
      withBackend(this.backend, () => tensorOf(spec, data.slice())),
    );
  }

  dispose(): void {
    for (const tensor of this.#tensors.values()) tensor.dispose();
    this.#tensors.clear();
    this.#specs.clear();
  }
}

class EagerProgram implements Program {
  readonly compileMs = 0;
  readonly #backend: string;
  readonly #name: string;
  readonly #signature: Signature;
  readonly #step: StepFunction;

  constructor(backend: string, name: string, signature: Signature, step: StepFunction) {
    this.#backend = backend;
    this.#name = name;
    this.#signature = signature;
    this.#step = step;
  }

  async run(state: EngineState, inputs: Readonly<Record<string, TensorData>>): Promise<Record<string, TensorData>> {
    if (!(state instanceof EagerState) || state.backend !== this.#backend)
      throw new SignatureError(`${this.#name}: this state belongs to another engine`);
    const { state: stateSpecs, inputs: inputSpecs } = this.#signature;
    checkState(this.#name, stateSpecs, (name) => state.spec(name));
    checkInputs(this.#name, inputSpecs, inputs);
    const outputs: Record<string, TensorData> = {};
    withBackend(this.#backend, () =>
      // Returns nothing: tidy looks through all it is given for tensors, the numbers of an array one by one.
      tf.tidy(() => {
        const before = Object.fromEntries(Object.keys(stateSpecs).map((name) => [name, state.tensor(name)]));
        const given = Object.entries(inputSpecs).map(([name, spec]) => [name, tensorOf(spec, inputs[name] as TensorData)]);
        const result = this.#step(before, Object.fromEntries(given));
        checkResult(this.#name, this.#signature, result);
        // Cloned before any is put: an entry may be another entry's old tensor.
        const after = Object.entries(result.state).map(([name, tensor]) => [name, tf.clone(tensor)] as const);
        for (const [name, tensor] of after) state.put(name, tensor);
        for (const [name, tensor] of Object.entries(result.outputs)) outputs[name] = tensor.dataSync<'float32' | 'int32'>().slice();
      }),
    );
    return outputs;
  }

  async dispose(): Promise<void> {}
}

class EagerEngine implements Engine {
  readonly name: string;
  readonly fingerprint: Fingerprint;
  readonly #backend: string;

  constructor(
    backend: string,
    { name, ...facts }: Pick<Fingerprint, 'threads' | 'runtime'> & Partial<Pick<Fingerprint, 'provider'>> & { readonly name?: string },
  ) {
    this.#backend = backend;
    this.name = name ?? (backend === 'cpu' ? REFERENCE : `eager-${backend}`);
    this.fingerprint = fingerprintOf({ engine: 'eager', provider: `tfjs-${backend}`, ...facts });
  }

  createState(entries: StateEntries): EngineState {
    return new EagerState(this.#backend, entries);
  }

  async prepare(name: string, signature: Signature, step: StepFunction): Promise<Program> {
    return new EagerProgram(this.#backend, name, signature, step);
  }

  async dispose(): Promise<void> {}
}

/**
 * Runs step functions as they stand on a TensorFlow.js backend. `eager('cpu')`, TensorFlow.js's plain JavaScript in one thread, is the reference:
 * more than ten times slower than the compiled engine on convolutions, and what every other engine is tested against.
 *
 * @param backend as it is registered with TensorFlow.js; one that starts without waiting
 * @param facts its name, if it has one of its own, and what else equal numbers depend on, for the fingerprint; absent: one thread of TensorFlow.js itself
 * @throws EngineError if there is no such backend
 */
export const eager = (
  backend: string,
  facts: Partial<Pick<Fingerprint, 'threads' | 'runtime' | 'provider'>> & { readonly name?: string } = {},
): Engine => {
  withBackend(backend, () => {});
  return new EagerEngine(backend, { threads: 1, runtime: `tfjs ${tf.version.tfjs}`, ...facts });
};
