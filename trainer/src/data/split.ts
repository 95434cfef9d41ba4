import { written } from '@studyhall/contract/settings/written.ts';
import { Stream } from '../random/stream.ts';
import { DataError } from './data-error.ts';

/** What is left out was not yet a setting when some older weights were trained: it then stands at its default. */
export type SplitSettings = {
  readonly trainSamples?: number | null;
  readonly validationFraction: number;
  readonly labelledFraction?: number;
  readonly withheldClasses?: readonly number[];
  readonly splitSeed: number;
};

/** Indices into the official training split, ascending. Training and validation never overlap. */
export type Split = {
  readonly train: Int32Array;
  /** The part of `train` that the cohort sees: all of it but the withheld classes. */
  readonly transfer: Int32Array;
  /** The part of `train` whose labels are used. */
  readonly labelled: Int32Array;
  readonly validation: Int32Array;
};

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

/** The samples from the lowest rank on; equal ranks in the order of `tie`. */
const ordered = (ranked: Ranked[]): number[] => ranked.sort((a, b) => a.rank - b.rank || a.tie - b.tie).map(({ index }) => index);

const ascending = (indices: number[]): Int32Array => Int32Array.from(indices).sort();

/**
 * Takes the validation split, in the classes' own proportions, from the whole official training split, then a class-balanced subset of
 * the rest, and of that a class-balanced part whose labels are used. Keyed by `splitSeed` alone: the same for every run that names it, and
 * the validation images do not depend on the subset. Smaller subsets lie within larger ones, and so do labelled parts.
 *
 * @throws DataError when fewer images are left than asked for.
 */
export const splitTraining = (labels: Int32Array, classes: number, settings: SplitSettings): Split => {
  const { validationFraction, labelledFraction = 1, withheldClasses = [], splitSeed } = settings;
  const byClass = shuffledByClass(labels, classes, splitSeed);
  const ties = Array.from({ length: classes }, (_, label) => label);
  new Stream(splitSeed, 'split', classes).shuffle(ties);

  const evenly = byClass.flatMap((indices, label) =>
    indices.map((index, k) => ({ index, rank: (k + 0.5) / indices.length, tie: ties[label] as number })),
  );
  const validation = ordered(evenly).slice(0, Math.round(validationFraction * labels.length));
  const taken = new Set(validation);
  const rest = byClass.map((indices) => indices.filter((index) => !taken.has(index)));
  const available = labels.length - validation.length;
  const wanted = settings.trainSamples ?? available;
  if (wanted > available) {
    throw new DataError(
      `data.trainSamples: ${written(wanted)} training images asked for, but only ${written(available)} are left of ${written(labels.length)} after ${written(validation.length)} were held back for validation`,
    );
  }
  const balanced = rest.flatMap((indices, label) => indices.map((index, k) => ({ index, rank: k, tie: ties[label] as number })));
  const train = ordered(balanced).slice(0, wanted);
  const labelled = train.slice(0, Math.round(labelledFraction * wanted));
  const withheld = new Set(withheldClasses);
  return {
    train: ascending(train),
    transfer: ascending(train.filter((index) => !withheld.has(labels[index] as number))),
    labelled: ascending(labelled),
    validation: ascending(validation),
  };
};
