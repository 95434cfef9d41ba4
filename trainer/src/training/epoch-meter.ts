import type { Method } from '../methods/method.ts';
import { LOWER_THE_RATE, TrainingError } from './failure.ts';
import { EXTRA_METRICS } from './step.ts';

/** Training figures of one network over an epoch: running averages over its batches, as the network was at each. */
export type TrainFigures = {
  readonly loss: number;
  readonly terms: Record<string, number>;
  readonly accuracy: number;
  readonly entropy: number;
};

/** Sums of a step's metrics over the epoch under way; can be stored and taken up again. */
export class EpochMeter {
  readonly #terms: readonly string[];
  readonly #sums: Float64Array;
  readonly #width: number;
  readonly #batchSize: number;
  steps = 0;

  constructor(method: Method, members: number, batchSize: number) {
    this.#terms = method.terms;
    this.#width = method.terms.length + EXTRA_METRICS.length;
    this.#sums = new Float64Array(members * this.#width);
    this.#batchSize = batchSize;
  }

  /**
   * Adds a step's metrics [members, terms + 2].
   *
   * @throws TrainingError when one is not finite, naming it.
   */
  add(metrics: ArrayLike<number>, epoch: number, networkIndices: readonly number[]): void {
    for (let k = 0; k < this.#sums.length; k++) {
      const value = metrics[k] as number;
      if (!Number.isFinite(value)) {
        const column = k % this.#width;
        const term = this.#terms[column];
        const what =
          term === undefined ? `${EXTRA_METRICS[column - this.#terms.length]} is not finite: that` : `loss is not finite: term ${term}`;
        const network = networkIndices[Math.floor(k / this.#width)];
        throw new TrainingError(
          `the ${what} of network ${network} became ${value} in epoch ${epoch}, step ${this.steps + 1}. ${LOWER_THE_RATE}`,
          { permanent: true },
        );
      }
      this.#sums[k] = (this.#sums[k] as number) + value;
    }
    this.steps++;
  }

  /** Mean loss so far of the first network. */
  get loss(): number | null {
    return this.steps === 0 ? null : this.figures(0).loss;
  }

  figures(place: number): TrainFigures {
    const sum = (column: number) => this.#sums[place * this.#width + column] as number;
    const terms = Object.fromEntries(this.#terms.map((name, column) => [name, sum(column) / this.steps]));
    return {
      terms,
      loss: Object.values(terms).reduce((total, term) => total + term, 0),
      accuracy: sum(this.#terms.length) / (this.steps * this.#batchSize),
      entropy: sum(this.#terms.length + 1) / this.steps,
    };
  }

  snapshot(): { steps: number; sums: number[] } {
    return { steps: this.steps, sums: [...this.#sums] };
  }

  restore({ steps, sums }: { steps: number; sums: readonly number[] }): void {
    this.steps = steps;
    this.#sums.set(sums);
  }
}
