import { type Change, reflect } from './augmentation.ts';
import { type Values, type View, viewSize } from './dataset.ts';
import type { Normalisation } from './normalisation.ts';

/** Copies samples of one view into a batch, normalised. Written for speed: this runs on the host for every step. */
export class ViewReader {
  readonly size: number;
  readonly #values: Values;
  readonly #shape: readonly number[];
  /** For each number of a sample, its channel times 256: where its column of the table begins. */
  readonly #columns: Int32Array;
  /** Normalised value of every byte, channel after channel; null for a view of floats. */
  readonly #table: Float32Array | null;
  readonly #normalisation: Normalisation;
  /** Where each number of a changed sample comes from, relative to the sample's begin. */
  readonly #places: Int32Array;
  readonly #unchanged: Int32Array;

  constructor(view: View, values: Values, normalisation: Normalisation) {
    const channels = view.shape.at(-1) as number;
    this.size = viewSize(view);
    this.#values = values;
    this.#shape = view.shape;
    this.#normalisation = normalisation;
    this.#columns = Int32Array.from({ length: this.size }, (_, k) => (k % channels) << 8);
    this.#table = values instanceof Uint8Array ? byteTable(normalisation) : null;
    this.#places = new Int32Array(this.size);
    this.#unchanged = Int32Array.from({ length: this.size }, (_, k) => k);
  }

  /** Writes sample `index`, unchanged, at place `slot` of a batch. */
  copy(index: number, batch: Float32Array, slot: number): void {
    this.#gather(this.#unchanged, index, batch, slot);
  }

  /** Writes sample `index`, changed, at place `slot` of a batch. Only for pictures: shape [height, width, channels]. */
  copyChanged(index: number, change: Change, batch: Float32Array, slot: number): void {
    const [height, width, channels] = this.#shape as [number, number, number];
    const places = this.#places;
    // The first row tells where every column comes from; the others are the same, further down.
    for (let x = 0; x < width; x++) {
      const seen = change.flip ? width - 1 - x : x;
      const pixel = reflect(seen + change.right, width) * channels;
      for (let channel = 0; channel < channels; channel++) places[x * channels + channel] = pixel + channel;
    }
    const line = width * channels;
    for (let y = height - 1; y >= 0; y--) {
      const row = reflect(y + change.down, height) * line;
      for (let k = 0; k < line; k++) places[y * line + k] = row + (places[k] as number);
    }
    this.#gather(places, index, batch, slot);
  }

  #gather(places: Int32Array, index: number, batch: Float32Array, slot: number): void {
    const values = this.#values;
    const columns = this.#columns;
    const table = this.#table;
    const source = index * this.size;
    const target = slot * this.size;
    if (table !== null) {
      for (let k = 0; k < places.length; k++) {
        batch[target + k] = table[(columns[k] as number) + (values[source + (places[k] as number)] as number)] as number;
      }
      return;
    }
    const { factor, offset } = this.#normalisation;
    for (let k = 0; k < places.length; k++) {
      const channel = (columns[k] as number) >> 8;
      batch[target + k] = (values[source + (places[k] as number)] as number) * (factor[channel] as number) + (offset[channel] as number);
    }
  }
}

const byteTable = ({ factor, offset }: Normalisation): Float32Array =>
  Float32Array.from({ length: 256 * factor.length }, (_, k) => (k & 255) * (factor[k >> 8] as number) + (offset[k >> 8] as number));
