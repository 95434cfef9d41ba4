import { createHash } from 'node:crypto';
import type { Target } from '../../engine/compiled/trace.ts';
import { traceStep } from '../../engine/compiled/trace-step.ts';
import { eager } from '../../engine/eager.ts';
import type { Engine, EngineState, Program, Signature, StateEntries, StepFunction } from '../../engine/engine.ts';

/** SHA-256 of the model that a step is compiled to. */
export const modelHash = (name: string, signature: Signature, step: StepFunction, target: Target): string =>
  createHash('sha256')
    .update(traceStep(name, signature, step, target).model)
    .digest('hex');

/** The reference engine, which also compiles every step for that target, and keeps the hash of each model by its program's name. */
export class TracingEngine implements Engine {
  readonly #inner = eager('cpu');
  readonly #target: Target;
  readonly name = this.#inner.name;
  readonly fingerprint = this.#inner.fingerprint;
  readonly models: Record<string, string> = {};

  constructor(target: Target = { block: 16 }) {
    this.#target = target;
  }

  createState(entries: StateEntries): EngineState {
    return this.#inner.createState(entries);
  }

  prepare(name: string, signature: Signature, step: StepFunction): Promise<Program> {
    this.models[name] = modelHash(name, signature, step, this.#target);
    return this.#inner.prepare(name, signature, step);
  }

  dispose(): Promise<void> {
    return this.#inner.dispose();
  }
}
