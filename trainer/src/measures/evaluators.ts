import type { ReportedMeasure } from '@studyhall/contract/measures/entries.ts';
import type { Split } from '@studyhall/contract/measures/measure.ts';
import { scoreWithheld, type WithheldScores } from '../training/withheld.ts';
import type { Evaluated } from './evaluated.ts';

/** Computes a measure; null where it says nothing. It is asked for the splits of its entry that were evaluated. */
export type Evaluator = {
  /** Of the network at a place of the cohort. */
  readonly network?: (of: Evaluated, split: Split, place: number) => number | null;
  /** Of the cohort, or its ensemble. */
  readonly cohort?: (of: Evaluated, split: Split) => number | null;
  /** Whether it is computed after each epoch, on validation; else at the end alone. */
  readonly everyEpoch?: boolean;
  /** Whether it is computed of the probe, not of whole splits. */
  readonly onProbe?: boolean;
};

const withheld = (figure: keyof WithheldScores): Evaluator => ({
  network: (of, _split, place) => withheldScores(of, place)[figure],
});

const known = new WeakMap<Evaluated, WithheldScores[]>();

/** Four measures are made of it. */
const withheldScores = (of: Evaluated, place: number): WithheldScores => {
  const scores = known.get(of) ?? [];
  known.set(of, scores);
  const part = (split: Split) => {
    const { logits, labels } = of.parts[split] ?? {};
    return logits && labels ? { logits: logits[place] as Float32Array, labels } : null;
  };
  scores[place] ??= scoreWithheld(of.sawAll ? null : part('VALIDATION'), part('TEST'), of.classes, of.withheld);
  return scores[place];
};

/** A function for each measure of the registry that is no column. */
export const evaluators: Readonly<Record<ReportedMeasure, Evaluator>> = {
  entropy: {
    network: ({ parts }, split, place) => parts[split]?.scores.networks[place]?.entropy ?? null,
    cohort: ({ parts }, split) => parts[split]?.scores.ensemble?.entropy ?? null,
    everyEpoch: true,
  },
  probeEntropy: { network: ({ probe }, _split, place) => probe?.scores.networks[place]?.entropy ?? null, everyEpoch: true, onProbe: true },
  disagreement: { cohort: ({ parts }, split) => parts[split]?.scores.ensemble?.disagreement ?? null, everyEpoch: true },
  withheldAccuracy: withheld('withheldAccuracy'),
  biasCorrection: withheld('biasCorrection'),
  correctedAccuracy: withheld('correctedAccuracy'),
  correctedWithheldAccuracy: withheld('correctedWithheldAccuracy'),
};
