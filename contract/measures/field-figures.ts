import type { Figure } from './measure.ts';

const figure = (measure: string, split: Figure['split']): Figure => ({ measure, split });

/** Figures that had fields of their own before there were measurements: answers still have them, reports and files of results may. */
export const fieldFigures = {
  epoch: { trainEntropy: figure('entropy', 'TRAIN'), validationEntropy: figure('entropy', 'VALIDATION') },
  cohortEpoch: { disagreement: figure('disagreement', 'VALIDATION') },
  network: {
    validationEntropy: figure('entropy', 'VALIDATION'),
    testEntropy: figure('entropy', 'TEST'),
    withheldAccuracy: figure('withheldAccuracy', 'TEST'),
    biasCorrection: figure('biasCorrection', 'VALIDATION'),
    correctedAccuracy: figure('correctedAccuracy', 'TEST'),
    correctedWithheldAccuracy: figure('correctedWithheldAccuracy', 'TEST'),
  },
  cohort: { ensembleValidationEntropy: figure('entropy', 'VALIDATION'), disagreement: figure('disagreement', 'TEST') },
} as const satisfies Record<string, Record<string, Figure>>;

/** The fields that a report of that kind may have for them. */
export type FieldsOf<Kind extends keyof typeof fieldFigures> = { [Field in keyof (typeof fieldFigures)[Kind]]?: number | null | undefined };
