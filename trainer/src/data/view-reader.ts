import type { Change } from './augmentation.ts';
import { reflect } from './augmentation.ts';
import { type Values, type View, viewSize } from './dataset.ts';
import type { Normalisation } from './normalisation.ts';

/** Copies samples of one view into a batch, normalised. Written for speed: this runs on the host for every step. */
export class ViewReader {
  readonly size: number;
  readonly #values: Values;
  readonly #shape: readonly number[];
  readonly #channels: number;
  readonly #normalisation: Normalisation;
  /** Normalised value of every byte, per channel. */
  readonly #table: Float32Array | null;

  constructor(view: View, values: Values, normalisation: Normalisation) {
    this.size = viewSize(view);
    this.#values = values;
    this.#shape = view.shape;
    this.#channels = view.shape.at(-1) as number;
    this.#normalisation = normalisation;
    this.#table = values instanceof Uint8Array ? this.#byteTable() : null;
  }

  #byteTable(): Float32Array {
    const { factor, offset } = this.#normalisation;
    return Float32Array.from({ length: 256 * this.#channels }, (_, k) => {
      const channel = k >> 8;
      return (k & 255) * (factor[channel] as number) + (offset[channel] as number);
    });
  }

  /** Writes sample `index`, unchanged, at place `slot` of a batch. */
  copy(index: number, batch: Float32Array, slot: number): void {
    this.#copyRun(index * this.size, slot * this.size, this.size, batch);
  }

  /** Writes sample `index`, changed, at place `slot` of a batch. Only for pictures: shape [height, width, channels]. */
  copyChanged(index: number, change: Change, batch: Float32Array, slot: number): void {
    const [height, width, channels] = this.#shape as [number, number, number];
    const source = index * this.size;
    let target = slot * this.size;
    for (let y = 0; y < height; y++) {
      const row = source + reflect(y + change.down, height) * width * channels;
      for (let x = 0; x < width; x++) {
        const seen = change.flip ? width - 1 - x : x;
        this.#copyRun(row + reflect(seen + change.right, width) * channels, target, channels, batch);
        target += channels;
      }
    }
  }

  #copyRun(source: number, target: number, length: number, batch: Float32Array): void {
    const values = this.#values;
    const channels = this.#channels;
    const table = this.#table;
    const { factor, offset } = this.#normalisation;
    let channel = 0;
    for (let k = 0; k < length; k++) {
      const value = values[source + k] as number;
      batch[target + k] =
        table === null ? value * (factor[channel] as number) + (offset[channel] as number) : (table[(channel << 8) | value] as number);
      channel = channel + 1 === channels ? 0 : channel + 1;
    }
  }
}
