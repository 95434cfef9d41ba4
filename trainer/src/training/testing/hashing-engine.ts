import { createHash } from 'node:crypto';
import type { Engine, EngineState, Program, Signature, StateEntries, StepFunction, TensorData } from '../../engine/engine.ts';
import { isPermutationInput } from '../permutations.ts';

type OnStep = (steps: number, inputs: Readonly<Record<string, TensorData>>) => void;

/** Passes everything on to another engine and keeps a hash of every training step's inputs, but for those found from the weights. */
export class HashingEngine implements Engine {
  readonly name: string;
  readonly fingerprint: Engine['fingerprint'];
  readonly steps: string[] = [];
  readonly #inner: Engine;
  readonly #onStep: OnStep;

  constructor(inner: Engine, onStep: OnStep = () => {}) {
    this.#inner = inner;
    this.#onStep = onStep;
    this.name = inner.name;
    this.fingerprint = inner.fingerprint;
  }

  createState(entries: StateEntries): EngineState {
    return this.#inner.createState(entries);
  }

  async prepare(name: string, signature: Signature, step: StepFunction): Promise<Program> {
    const program = await this.#inner.prepare(name, signature, step);
    if (!('learningRate' in signature.inputs)) return program;
    return {
      compileMs: program.compileMs,
      dispose: () => program.dispose(),
      run: (state, inputs) => {
        const hash = createHash('sha256');
        for (const [input, data] of Object.entries(inputs))
          if (!isPermutationInput(input)) hash.update(input).update(new Uint8Array(data.buffer));
        this.steps.push(hash.digest('hex'));
        this.#onStep(this.steps.length, inputs);
        return program.run(state, inputs);
      },
    };
  }

  dispose(): Promise<void> {
    return this.#inner.dispose();
  }
}
