import type { Engine, EngineState, Program, Signature, StepFunction, TensorData, TensorSpec } from './engine.ts';
import { fingerprintOf } from './fingerprint.ts';
import { checkData, checkInputs, checkResult, checkState, SignatureError } from './signature.ts';
import { tf } from './tf.ts';
import { withBackend } from './with-backend.ts';

const tensorOf = ({ shape, dtype }: TensorSpec, data: TensorData): tf.Tensor => tf.tensor(data, [...shape], dtype);

/** Tensors on a TensorFlow.js backend, outside every tidy. */
class EagerState implements EngineState {
  readonly #specs = new Map<string, TensorSpec>();
  readonly #tensors = new Map<string, tf.Tensor>();

  constructor(entries: Readonly<Record<string, { spec: TensorSpec; data: TensorData }>>) {
    for (const [name, { spec, data }] of Object.entries(entries)) {
      checkData(name, spec, data);
      this.#specs.set(name, spec);
      this.put(name, tensorOf(spec, data.slice()));
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
      this.put(name, tensorOf(spec, checkData(name, spec, data).slice()));
    }
  }

  dispose(): void {
    for (const tensor of this.#tensors.values()) tensor.dispose();
    this.#tensors.clear();
    this.#specs.clear();
  }
}

class EagerProgram implements Program {
  readonly compileMs = 0;
  readonly #name: string;
  readonly #signature: Signature;
  readonly #step: StepFunction;

  constructor(name: string, signature: Signature, step: StepFunction) {
    this.#name = name;
    this.#signature = signature;
    this.#step = step;
  }

  async run(state: EngineState, inputs: Readonly<Record<string, TensorData>>): Promise<Record<string, TensorData>> {
    if (!(state instanceof EagerState)) throw new SignatureError(`${this.#name}: this state belongs to another engine`);
    const { state: stateSpecs, inputs: inputSpecs } = this.#signature;
    checkState(this.#name, stateSpecs, (name) => state.spec(name));
    checkInputs(this.#name, inputSpecs, inputs);
    return withBackend('cpu', () =>
      tf.tidy(() => {
        const before = Object.fromEntries(Object.keys(stateSpecs).map((name) => [name, state.tensor(name)]));
        const given = Object.entries(inputSpecs).map(([name, spec]) => [name, tensorOf(spec, inputs[name] as TensorData)]);
        const result = this.#step(before, Object.fromEntries(given));
        checkResult(this.#name, this.#signature, result);
        // Cloned before any is put: an entry may be another entry's old tensor.
        const after = Object.entries(result.state).map(([name, tensor]) => [name, tf.clone(tensor)] as const);
        for (const [name, tensor] of after) state.put(name, tensor);
        return Object.fromEntries(
          Object.entries(result.outputs).map(([name, tensor]) => [name, tensor.dataSync<'float32' | 'int32'>().slice()]),
        );
      }),
    );
  }

  async dispose(): Promise<void> {}
}

/**
 * The yardstick: runs a step function as it stands on TensorFlow.js's plain CPU backend, in one thread. More than ten times slower than the
 * compiled engine on convolutions; every other engine is tested against it.
 */
export class ReferenceEngine implements Engine {
  readonly name = 'reference';
  readonly fingerprint = fingerprintOf({ engine: 'eager', provider: 'tfjs-cpu', threads: 1, runtime: `tfjs ${tf.version.tfjs}` });

  createState(entries: Readonly<Record<string, { spec: TensorSpec; data: TensorData }>>): EngineState {
    return withBackend('cpu', () => new EagerState(entries));
  }

  async prepare(name: string, signature: Signature, step: StepFunction): Promise<Program> {
    return new EagerProgram(name, signature, step);
  }

  async dispose(): Promise<void> {}
}
