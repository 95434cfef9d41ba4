import type { Measure } from './measure.ts';

const fraction = { unit: 'FRACTION', bounds: { min: 0, max: 1 }, format: 'PERCENT' } as const;
/** What 32 bits hold. */
const float32 = { min: -3.5e38, max: 3.5e38 } as const;

/** The measures there are. A new one is an entry here and the function that computes it (`trainer/src/measures`). */
export const entries = [
  {
    name: 'accuracy',
    scopes: ['NETWORK', 'COHORT'],
    splits: ['TRAIN', 'VALIDATION', 'TEST'],
    ...fraction,
    better: 'MORE',
    column: 'accuracy',
    label: 'Accuracy',
    shortLabel: 'Accuracy',
    sentence: 'Part of the samples that are classified rightly; of a cohort that of its ensemble, which averages the probabilities.',
  },
  {
    name: 'loss',
    scopes: ['NETWORK', 'COHORT'],
    splits: ['TRAIN', 'VALIDATION', 'TEST'],
    unit: 'NATS',
    bounds: float32,
    better: 'LESS',
    column: 'loss',
    label: 'Loss',
    shortLabel: 'Loss',
    format: 'NUMBER',
    sentence: 'Mean cross-entropy of the labels; of a cohort that of its ensemble.',
  },
  {
    name: 'entropy',
    scopes: ['NETWORK', 'COHORT'],
    splits: ['TRAIN', 'VALIDATION', 'TEST'],
    unit: 'NATS',
    bounds: { min: 0, max: 100 },
    better: null,
    label: 'Entropy of the outputs',
    shortLabel: 'Entropy',
    format: 'NUMBER',
    shownOn: 'VALIDATION',
    sentence: 'Mean entropy of the outputs; of a cohort that of the averaged probabilities.',
  },
  {
    name: 'disagreement',
    scopes: ['COHORT', 'PAIR'],
    splits: ['VALIDATION', 'TEST'],
    ...fraction,
    better: null,
    label: 'Disagreement',
    shortLabel: 'Disagreement',
    sentence: 'Part of the samples on which the predictions of two networks differ; of a cohort the mean over its pairs.',
  },
  {
    name: 'withheldAccuracy',
    scopes: ['NETWORK'],
    splits: ['TEST'],
    ...fraction,
    better: 'MORE',
    label: 'Accuracy on withheld classes',
    shortLabel: 'Withheld',
    shownOn: 'TEST',
    sentence: 'Accuracy on the samples of the classes that were withheld from training.',
  },
  {
    name: 'biasCorrection',
    scopes: ['NETWORK'],
    splits: ['VALIDATION'],
    unit: 'LOGIT',
    bounds: float32,
    better: null,
    label: 'Bias correction',
    shortLabel: 'Bias',
    format: 'NUMBER',
    sentence:
      'What is added to the logits of the withheld classes: the number that maximises accuracy on validation, of equals that nearest to 0.',
  },
  {
    name: 'correctedAccuracy',
    scopes: ['NETWORK'],
    splits: ['TEST'],
    ...fraction,
    better: 'MORE',
    label: 'Accuracy, bias corrected',
    shortLabel: 'Corrected',
    sentence: 'Accuracy on all samples after the bias correction.',
  },
  {
    name: 'correctedWithheldAccuracy',
    scopes: ['NETWORK'],
    splits: ['TEST'],
    ...fraction,
    better: 'MORE',
    label: 'Accuracy on withheld classes, bias corrected',
    shortLabel: 'Withheld, corrected',
    shownOn: 'TEST',
    sentence: 'Accuracy on the samples of the withheld classes after the bias correction.',
  },
] as const satisfies readonly Measure[];

type Entry = (typeof entries)[number];
/** Those that are rows of `measurements`. */
export type ReportedMeasure = Exclude<Entry, { column: string }>['name'];
