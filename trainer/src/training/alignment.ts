import type { FeatureLayer } from '@studyhall/contract/spec/run-spec.ts';
import { bestAssignment } from '../alignment/assignment.ts';
import { type Batch, type BatchReader, imagesInput } from '../data/batches.ts';
import type { Engine, EngineState, Program, StepFunction } from '../engine/engine.ts';
import { tf } from '../engine/tf.ts';
import { featuresAt } from '../methods/feature-matching.ts';
import type { Member } from './cohort.ts';
import { TrainingError } from './failure.ts';
import { neurons, type Permutations, pairs, permutationInput } from './permutations.ts';
import { applyInEvaluation, imageSpecs, networkSpecs } from './step.ts';

const productsOutput = (own: number, peer: number): string => `products.${own}.${peer}`;

/** Σ_n f_i[n, a] · f_j[n, b] for every pair, as `products.I.J` [neurons, neurons]: n runs over samples and, in a middle layer, positions. */
const productsStep =
  (members: readonly Member[], layer: FeatureLayer): StepFunction =>
  (state, inputs) => {
    const count = neurons(members, layer);
    const features = applyInEvaluation(members, state, inputs).map(
      (applied) => tf.reshape(featuresAt(applied, layer), [-1, count]) as tf.Tensor2D,
    );
    const products = pairs(members).map(([own, peer]) => [
      productsOutput(own, peer),
      tf.matMul(features[own] as tf.Tensor2D, features[peer] as tf.Tensor2D, true),
    ]);
    return { state: {}, outputs: Object.fromEntries(products) };
  };

const inverse = (permutation: Int32Array): Int32Array => {
  const result = new Int32Array(permutation.length);
  permutation.forEach((to, from) => {
    result[to] = from;
  });
  return result;
};

const LARGEST_BATCH = 64;

/**
 * Finds for every pair of networks the permutation of the peer's neurons that brings its features nearest to the own ones, on a fixed probe of
 * images in evaluation mode. Since a permutation leaves norms as they are, least Σ (f_i[n, a] − f_j[n, π(a)])² is greatest
 * Σ f_i[n, a]·f_j[n, π(a)], of the features as they are, not centred: an assignment.
 */
export class Aligner {
  readonly #members: readonly Member[];
  readonly #program: Program;
  readonly #reader: BatchReader;
  readonly #probe: Int32Array;
  readonly #neurons: number;
  readonly #batchSize: number;
  readonly #batch: Batch;

  private constructor(
    members: readonly Member[],
    layer: FeatureLayer,
    program: Program,
    reader: BatchReader,
    probe: Int32Array,
    size: number,
  ) {
    this.#members = members;
    this.#program = program;
    this.#reader = reader;
    this.#batchSize = size;
    // Whole batches only: no padding has to be told from images.
    this.#probe = probe.subarray(0, probe.length - (probe.length % size));
    this.#neurons = neurons(members, layer);
    const views = members.map(({ view }) => view);
    this.#batch = reader.allocate(size, views);
  }

  static async prepare(
    engine: Engine,
    members: readonly Member[],
    layer: FeatureLayer,
    reader: BatchReader,
    probe: Int32Array,
  ): Promise<Aligner> {
    const size = Math.floor(probe.length / Math.ceil(probe.length / LARGEST_BATCH));
    const signature = { state: networkSpecs(members), inputs: imageSpecs(members, size) };
    const program = await engine.prepare('alignment', signature, productsStep(members, layer));
    return new Aligner(members, layer, program, reader, probe, size);
  }

  /**
   * @param beforeBatch called before each batch; may throw to end it
   * @throws TrainingError (permanent) when features are not finite.
   */
  async find(state: EngineState, beforeBatch: () => Promise<void>): Promise<Permutations> {
    const sums = await this.#sumProducts(state, beforeBatch);
    const found = pairs(this.#members).flatMap(([own, peer]) => {
      const forward = this.#assign(sums[productsOutput(own, peer)] as Float64Array, own, peer);
      return [
        [permutationInput(own, peer), forward],
        [permutationInput(peer, own), inverse(forward)],
      ];
    });
    return Object.fromEntries(found);
  }

  async #sumProducts(state: EngineState, beforeBatch: () => Promise<void>): Promise<Record<string, Float64Array>> {
    const names = pairs(this.#members).map(([own, peer]) => productsOutput(own, peer));
    const sums = Object.fromEntries(names.map((name) => [name, new Float64Array(this.#neurons ** 2)]));
    const inputs = this.#members.map(({ view }) => imagesInput(view));
    const images = Object.fromEntries(Object.entries(this.#batch).filter(([name]) => inputs.includes(name)));
    for (let from = 0; from < this.#probe.length; from += this.#batchSize) {
      await beforeBatch();
      this.#reader.read(this.#probe, from, this.#batch);
      const products = await this.#program.run(state, images);
      for (const name of names) {
        const sum = sums[name] as Float64Array;
        const part = products[name] as Float32Array;
        for (let k = 0; k < sum.length; k++) sum[k] = (sum[k] as number) + (part[k] as number);
      }
    }
    return sums;
  }

  #assign(products: Float64Array, own: number, peer: number): Int32Array {
    try {
      return bestAssignment(products, this.#neurons);
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      const [first, second] = [own, peer].map((place) => this.#members[place]?.index);
      throw new TrainingError(`the features of networks ${first} and ${second} cannot be aligned: they are not finite`, {
        permanent: true,
        cause: error,
      });
    }
  }

  dispose(): Promise<void> {
    return this.#program.dispose();
  }
}
