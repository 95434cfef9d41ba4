import type { Batch, BatchReader } from '../data/batches.ts';
import type { Engine, EngineState, Program } from '../engine/engine.ts';
import { firstNotFinite } from '../nn/not-finite.ts';
import type { Member } from './cohort.ts';
import { TrainingError } from './failure.ts';
import { evaluationStep, imageSpecs, networkSpecs } from './step.ts';

/** Logits of every member on the samples asked for: one array each, [samples, classes]. */
export type Logits = readonly Float32Array[];

/** Images at a time, at most: more than in training, for no gradients are kept. */
export const LARGEST_EVALUATION_BATCH = 250;

/** Images at a time: batches of equal size that leave as little as possible of the last one empty. */
const evaluationBatch = (samples: number): number => Math.ceil(samples / Math.ceil(samples / LARGEST_EVALUATION_BATCH));

/** Logits that are not finite: nothing can be computed from them. */
export class LogitsError extends TrainingError {
  override name = 'LogitsError';
}

/** Which samples a network is asked about, and as what, for errors: `network`, `on the test split`. */
export type Asked = { readonly who: 'network' | 'teacher'; readonly where: string };

/**
 * Runs a cohort in evaluation mode over any samples: a program of its own, on running statistics. The last batch is padded and only
 * what was asked for is given back.
 */
export class Evaluator {
  readonly #members: readonly Member[];
  readonly #program: Program;
  readonly #size: number;
  #batch: Batch | null = null;

  private constructor(members: readonly Member[], program: Program, size: number) {
    this.#members = members;
    this.#program = program;
    this.#size = size;
  }

  /** `typical`: how many samples it will mostly be asked for. */
  static async prepare(engine: Engine, name: string, members: readonly Member[], typical: number): Promise<Evaluator> {
    const size = evaluationBatch(typical);
    const program = await engine.prepare(
      name,
      { state: networkSpecs(members), inputs: imageSpecs(members, size) },
      evaluationStep(members),
    );
    return new Evaluator(members, program, size);
  }

  /**
   * @param beforeBatch called before each batch; may throw to end it
   * @throws LogitsError (permanent) for logits that are not finite
   */
  async run(state: EngineState, reader: BatchReader, indices: Int32Array, asked: Asked, beforeBatch: () => Promise<void>): Promise<Logits> {
    const batch =
      this.#batch ??
      reader.allocate(
        this.#size,
        this.#members.map(({ view }) => view),
      );
    this.#batch = batch;
    const { targets: _targets, sampleWeights: _weights, ...images } = batch;
    const classes = this.#members.map(({ network }) => network.classes);
    const logits = classes.map((count) => new Float32Array(indices.length * count));
    for (let from = 0; from < indices.length; from += this.#size) {
      await beforeBatch();
      const count = reader.read(indices, from, batch);
      const outputs = await this.#program.run(state, images);
      classes.forEach((width, place) => {
        const own = (outputs[`logits.${place}`] as Float32Array).subarray(0, count * width);
        const wrong = firstNotFinite(own);
        if (wrong >= 0) this.#refuse(place, asked, indices[from + Math.floor(wrong / width)] as number, own[wrong] as number);
        (logits[place] as Float32Array).set(own, from * width);
      });
    }
    return logits;
  }

  #refuse(place: number, { who, where }: Asked, sample: number, value: number): never {
    const { index, network } = this.#members[place] as Member;
    throw new LogitsError(`the logits of ${who} ${index} (${network.model}) are not finite ${where}: sample ${sample} gives ${value}`, {
      permanent: true,
    });
  }

  dispose(): Promise<void> {
    return this.#program.dispose();
  }
}
