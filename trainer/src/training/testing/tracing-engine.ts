import { createHash } from 'node:crypto';
import { traceStep } from '../../engine/compiled/trace-step.ts';
import type { Engine, Program, Signature, StepFunction } from '../../engine/engine.ts';
import { ReferenceEngine } from '../../engine/reference.ts';

/** The reference engine, which also writes down every step as the compiled engine would, and keeps the hash of each model by its name. */
export class TracingEngine extends ReferenceEngine implements Engine {
  readonly models: Record<string, string> = {};

  override async prepare(name: string, signature: Signature, step: StepFunction): Promise<Program> {
    const { model } = traceStep(name, signature, step, { block: 16 });
    this.models[name] = createHash('sha256').update(model).digest('hex');
    return super.prepare(name, signature, step);
  }
}
