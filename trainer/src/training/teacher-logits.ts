import { isUnchanged } from '../data/augmentation.ts';
import type { Batch, BatchReader } from '../data/batches.ts';
import type { Engine } from '../engine/engine.ts';
import { stateEntries } from '../engine/state-entries.ts';
import { concatenate } from '../nn/concatenate.ts';
import type { FrozenMember } from './cohort.ts';
import { Evaluator, type Logits } from './evaluation.ts';
import { TrainingStopped } from './failure.ts';
import type { PhaseContext, PhasePlan } from './phase-plan.ts';
import { networkSpecs, teacherLogitsInput } from './step.ts';

/**
 * Cached logits of frozen teachers on every training image. Only where nothing is augmented: else each epoch shows them other images. They are
 * those of teachers computed within the step, up to rounding, and the same each time they are computed.
 */
export class TeacherLogits {
  readonly #logits: Logits;
  readonly #widths: readonly number[];
  /** Row of a sample, by its index into the official training split. */
  readonly #rows = new Map<number, number>();

  private constructor(samples: Int32Array, logits: Logits, widths: readonly number[]) {
    this.#logits = logits;
    this.#widths = widths;
    samples.forEach((sample, row) => {
      this.#rows.set(sample, row);
    });
  }

  /** @param beforeBatch called before each batch; may throw to end it */
  static async ask(
    engine: Engine,
    teachers: readonly FrozenMember[],
    reader: BatchReader,
    samples: Int32Array,
    beforeBatch: () => Promise<void>,
  ): Promise<TeacherLogits> {
    const members = teachers.map(({ view, network }, index) => ({ index, view, network }));
    const values: Readonly<Record<string, Float32Array>> = {
      weights: concatenate(teachers.map(({ weights }) => weights)),
      statistics: concatenate(teachers.map(({ statistics }) => statistics)),
    };
    const state = engine.createState(stateEntries(networkSpecs(members), values));
    const evaluator = await Evaluator.prepare(engine, 'teacher logits', members, samples.length);
    try {
      const logits = await evaluator.run(state, reader, samples, { who: 'teacher', where: 'on the training images' }, beforeBatch);
      return new TeacherLogits(
        samples,
        logits,
        teachers.map(({ network }) => network.classes),
      );
    } finally {
      state.dispose();
      await evaluator.dispose();
    }
  }

  /** Buffers for a step's batch. */
  allocate(batchSize: number): Record<string, Float32Array> {
    return Object.fromEntries(this.#widths.map((width, index) => [teacherLogitsInput(index), new Float32Array(batchSize * width)]));
  }

  /** Fills a batch with the logits of `indices[from …]`. */
  fill(indices: Int32Array, from: number, batch: Batch): void {
    this.#widths.forEach((width, index) => {
      const target = batch[teacherLogitsInput(index)] as Float32Array;
      const source = this.#logits[index] as Float32Array;
      for (let slot = 0; slot < target.length / width; slot++) {
        const row = this.#rows.get(indices[from + slot] as number) as number;
        target.set(source.subarray(row * width, (row + 1) * width), slot * width);
      }
    });
  }
}

/** The teachers' logits on all training images, where every epoch shows the same ones. */
export const askBefore = async ({ engine, spec, trainReader, signal }: PhaseContext, plan: PhasePlan): Promise<TeacherLogits | null> => {
  if (plan.teachers.length === 0 || !isUnchanged(spec.training.augmentation)) return null;
  return TeacherLogits.ask(engine, plan.teachers, trainReader, plan.samples, async () => {
    if (signal.aborted) throw new TrainingStopped('stopped while the logits of the teachers were computed');
  });
};
