import type { Figure } from '@studyhall/contract/measures/measure.ts';
import type { Measurement } from '../../measures/measure-all.ts';
import type { TrainingResult } from '../../training/events.ts';

/** What a run that is done came to. */
export type FinishedRun = Pick<TrainingResult, 'networks' | 'cohort'>;

/** Figures that had fields of their own before there were measurements. */
const FIELDS = {
  validationEntropy: { measure: 'entropy', split: 'VALIDATION' },
  testEntropy: { measure: 'entropy', split: 'TEST' },
  withheldAccuracy: { measure: 'withheldAccuracy', split: 'TEST' },
  biasCorrection: { measure: 'biasCorrection', split: 'VALIDATION' },
  correctedAccuracy: { measure: 'correctedAccuracy', split: 'TEST' },
  correctedWithheldAccuracy: { measure: 'correctedWithheldAccuracy', split: 'TEST' },
  ensembleValidationEntropy: { measure: 'entropy', split: 'VALIDATION' },
  disagreement: { measure: 'disagreement', split: 'TEST' },
} as const satisfies Record<string, Figure>;

/** A result as it was written, whenever that was. */
export const readFinishedRun = ({ networks, cohort }: FinishedRun): FinishedRun => ({
  networks: networks.map(withMeasurements),
  cohort: cohort && withMeasurements(cohort),
});

const withMeasurements = <Result extends { measurements: Measurement[] }>(result: Result): Result => {
  if ((result.measurements as Measurement[] | undefined) !== undefined) return result;
  const held = result as unknown as Readonly<Record<string, number | null | undefined>>;
  const measurements = Object.entries(FIELDS).flatMap(([field, figure]) => {
    const value = held[field];
    return value == null ? [] : [{ ...figure, value }];
  });
  return { ...result, measurements };
};
