import { Stream } from '../random/stream.ts';
import { type AugmentationSettings, drawChange, isUnchanged } from './augmentation.ts';
import type { Dataset, Samples } from './dataset.ts';
import { measureNormalisation, type Normalisation } from './normalisation.ts';
import { ViewReader } from './view-reader.ts';

/**
 * Inputs of one step, ready for an engine: `images.VIEW` [batch, …shape], `targets` [batch, classes], `sampleWeights` [batch]: 1, and 0 for
 * a sample whose label is not used. Its target stands all the same, for measuring.
 */
export type Batch = Readonly<Record<string, Float32Array>>;

/** Name of the program input that carries a view's images. */
export const imagesInput = (view: string): string => `images.${view}`;

const views = (dataset: Dataset, names: readonly string[]) => dataset.views.filter(({ name }) => names.includes(name));

/** Normalisation of the named views by the whole official training split, so that it is the same for every subset of it. */
export const measureViews = (dataset: Dataset, names: readonly string[]): ReadonlyMap<string, Normalisation> =>
  new Map(views(dataset, names).map((view) => [view.name, measureNormalisation(view, dataset.train.views[view.name] as Float32Array)]));

const weightsOf = (labelled: Int32Array, size: number): Uint8Array => {
  const weights = new Uint8Array(size);
  for (const index of labelled) weights[index] = 1;
  return weights;
};

/** Reads samples of several views into batches whose buffers are used again and again. */
export class BatchReader {
  readonly #labels: Int32Array;
  readonly #classes: number;
  readonly #labelWeights: Uint8Array | null;
  readonly #readers: readonly (readonly [string, ViewReader])[];

  /** @param labelled the samples whose labels are used; absent: all */
  constructor(dataset: Dataset, samples: Samples, normalisation: ReadonlyMap<string, Normalisation>, labelled?: Int32Array) {
    this.#labels = samples.labels;
    this.#labelWeights = labelled === undefined ? null : weightsOf(labelled, samples.size);
    this.#classes = dataset.classes.length;
    this.#readers = views(dataset, [...normalisation.keys()]).map((view) => {
      const values = samples.views[view.name] as Float32Array;
      return [imagesInput(view.name), new ViewReader(view, values, normalisation.get(view.name) as Normalisation)] as const;
    });
  }

  /** Buffers for `batchSize` samples of the named views. */
  allocate(batchSize: number, views: readonly string[]): Batch {
    const inputs = views.map(imagesInput);
    const seen = this.#readers.filter(([input]) => inputs.includes(input));
    const images = seen.map(([input, reader]) => [input, new Float32Array(batchSize * reader.size)] as const);
    return {
      ...Object.fromEntries(images),
      targets: new Float32Array(batchSize * this.#classes),
      sampleWeights: new Float32Array(batchSize),
    };
  }

  /** Fills a batch with `indices[from …]`, unchanged. Places beyond the end keep what they hold, with weight 0. Gives the samples read. */
  read(indices: Int32Array, from: number, batch: Batch): number {
    const weights = batch.sampleWeights as Float32Array;
    const count = Math.min(weights.length, indices.length - from);
    for (const [input, reader] of this.#readers) {
      const images = batch[input];
      if (images === undefined) continue;
      for (let slot = 0; slot < count; slot++) reader.copy(indices[from + slot] as number, images, slot);
    }
    this.#label(indices, from, count, batch);
    return count;
  }

  /** As `read`, for a full batch, with the epoch's augmentation; every view of a sample is changed alike. */
  readAugmented(indices: Int32Array, from: number, batch: Batch, settings: AugmentationSettings, seed: number, epoch: number): void {
    if (isUnchanged(settings)) {
      this.read(indices, from, batch);
      return;
    }
    const size = (batch.sampleWeights as Float32Array).length;
    for (let slot = 0; slot < size; slot++) {
      const index = indices[from + slot] as number;
      const change = drawChange(settings, seed, epoch, index);
      for (const [input, reader] of this.#readers) {
        const images = batch[input];
        if (images !== undefined) reader.copyChanged(index, change, images, slot);
      }
    }
    this.#label(indices, from, size, batch);
  }

  #label(indices: Int32Array, from: number, count: number, batch: Batch): void {
    const targets = batch.targets as Float32Array;
    const weights = batch.sampleWeights as Float32Array;
    targets.fill(0);
    weights.fill(0);
    for (let slot = 0; slot < count; slot++) {
      const index = indices[from + slot] as number;
      targets[slot * this.#classes + (this.#labels[index] as number)] = 1;
      weights[slot] = this.#labelWeights === null ? 1 : (this.#labelWeights[index] as number);
    }
  }
}

/** The order in which an epoch (from 1) visits the training images: by seed and epoch, whatever the method. */
export const epochOrder = (train: Int32Array, seed: number, epoch: number): Int32Array => {
  const order = train.slice();
  new Stream(seed, 'shuffle', epoch).shuffle(order);
  return order;
};
