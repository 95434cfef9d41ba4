import { Stream } from '../random/stream.ts';
import { DataError } from './data-error.ts';

export type SplitSettings = { readonly trainSamples?: number | null; readonly validationFraction: number; readonly splitSeed: number };

/** Indices into the official training split, ascending. They never overlap. */
export type Split = { readonly train: Int32Array; readonly validation: Int32Array };

/** The samples of each class, in an order drawn by the split's seed. */
const shuffledByClass = (labels: Int32Array, classes: number, splitSeed: number): number[][] => {
  const byClass: number[][] = Array.from({ length: classes }, () => []);
  labels.forEach((label, index) => {
    (byClass[label] as number[]).push(index);
  });
  byClass.forEach((indices, label) => {
    new Stream(splitSeed, 'split', label).shuffle(indices);
  });
  return byClass;
};

type Ranked = { index: number; rank: number; tie: number };

/** The `count` samples of lowest rank; equal ranks in the order of `tie`. */
const lowest = (ranked: Ranked[], count: number): number[] =>
  ranked
    .sort((a, b) => a.rank - b.rank || a.tie - b.tie)
    .slice(0, count)
    .map(({ index }) => index);

/**
 * Takes the validation split, in the classes' own proportions, from the whole official training split, then a class-balanced subset of
 * the rest. Keyed by `splitSeed` alone: the same for every run that names it, and the validation images do not depend on the subset.
 *
 * @throws DataError when fewer images are left than asked for.
 */
export const splitTraining = (labels: Int32Array, classes: number, settings: SplitSettings): Split => {
  const byClass = shuffledByClass(labels, classes, settings.splitSeed);
  const ties = Array.from({ length: classes }, (_, label) => label);
  new Stream(settings.splitSeed, 'split', classes).shuffle(ties);

  const evenly = byClass.flatMap((indices, label) =>
    indices.map((index, k) => ({ index, rank: (k + 0.5) / indices.length, tie: ties[label] as number })),
  );
  const validation = lowest(evenly, Math.round(settings.validationFraction * labels.length));
  const taken = new Set(validation);
  const rest = byClass.map((indices) => indices.filter((index) => !taken.has(index)));
  const available = labels.length - validation.length;
  const wanted = settings.trainSamples ?? available;
  if (wanted > available) {
    throw new DataError(
      `data.trainSamples: ${wanted} training images asked for, but only ${available} are left of ${labels.length} after ${validation.length} were held back for validation`,
    );
  }
  const balanced = rest.flatMap((indices, label) => indices.map((index, k) => ({ index, rank: k, tie: ties[label] as number })));
  const ascending = (indices: number[]) => Int32Array.from(indices).sort();
  return { train: ascending(lowest(balanced, wanted)), validation: ascending(validation) };
};
