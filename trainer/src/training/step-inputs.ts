import type { Batch } from '../data/batches.ts';
import type { TensorData } from '../engine/engine.ts';
import { allocateMasks, drawMasks } from './dropout-masks.ts';
import type { Optimizer } from './optimizer.ts';
import type { PhaseContext, PhasePlan } from './phase-plan.ts';
import { learningRateAt } from './schedule.ts';
import type { TeacherLogits } from './teacher-logits.ts';

export type Inputs = Readonly<Record<string, TensorData>>;

type Parts = {
  readonly optimizer: Optimizer;
  /** Null where teachers are computed within each step, or there are none. */
  readonly logits: TeacherLogits | null;
  readonly stepsPerCall: number;
};

/** What varies from step to step: images, labels, dropout masks, what teachers said, and rates. */
export class StepInputs {
  readonly stepsPerEpoch: number;
  readonly #context: PhaseContext;
  readonly #plan: PhasePlan;
  readonly #parts: Parts;
  /** Batches of the call under way, and of the next; they change places. */
  #buffers: readonly [readonly Batch[], readonly Batch[]];

  constructor(context: PhaseContext, plan: PhasePlan, parts: Parts) {
    this.#context = context;
    this.#plan = plan;
    this.#parts = parts;
    this.stepsPerEpoch = Math.floor(plan.samples.length / context.spec.training.batchSize);
    const buffers = () => Array.from({ length: parts.stepsPerCall }, () => this.#allocate());
    this.#buffers = [buffers(), buffers()];
  }

  /** Those of the steps of one call, fewer at the epoch's end, none behind it. They hold until the call after the next is loaded. */
  load(order: Int32Array, epoch: number, begin: number): Inputs[] {
    const [own, other] = this.#buffers;
    this.#buffers = [other, own];
    return own.slice(0, this.stepsPerEpoch - begin).map((batch, index) => this.#step(order, epoch, begin + index, batch));
  }

  learningRate(epoch: number, step: number): number {
    const length = { epochs: this.#plan.epochs, stepsPerEpoch: this.stepsPerEpoch };
    return learningRateAt(this.#context.spec.training, length, (epoch - 1) * this.stepsPerEpoch + step);
  }

  #step(order: Int32Array, epoch: number, step: number, batch: Batch): Inputs {
    const { spec, seed, trainReader } = this.#context;
    const { batchSize, augmentation } = spec.training;
    trainReader.readAugmented(order, step * batchSize, batch, augmentation, seed, epoch);
    drawMasks(this.#plan.members, batch, seed, epoch, step);
    this.#parts.logits?.fill(order, step * batchSize, batch);
    return { ...batch, ...this.#rates(epoch, step) };
  }

  /** The scalars of a step: what varies from step to step is an input of the program, never part of it. */
  #rates(epoch: number, step: number): Record<string, Float32Array> {
    const count = (epoch - 1) * this.stepsPerEpoch + step + 1;
    const rates = { learningRate: this.learningRate(epoch, step), ...this.#parts.optimizer.atStep(count) };
    return Object.fromEntries(Object.entries(rates).map(([name, rate]) => [name, Float32Array.of(rate)]));
  }

  #allocate(): Batch {
    const { members, teachers } = this.#plan;
    const { batchSize } = this.#context.spec.training;
    const { logits } = this.#parts;
    const seers = logits === null ? [...members, ...teachers] : members;
    return {
      ...this.#context.trainReader.allocate(
        batchSize,
        seers.map(({ view }) => view),
      ),
      ...allocateMasks(members, batchSize),
      ...logits?.allocate(batchSize),
    };
  }
}
