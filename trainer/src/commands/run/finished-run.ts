import { fieldFigures } from '@studyhall/contract/measures/field-figures.ts';
import type { Figure } from '@studyhall/contract/measures/measure.ts';
import type { Measurement } from '../../measures/measure-all.ts';
import type { TrainingResult } from '../../training/events.ts';

/** What a run that is done came to. */
export type FinishedRun = Pick<TrainingResult, 'networks' | 'cohort'>;

const fields: Readonly<Record<string, Figure>> = { ...fieldFigures.network, ...fieldFigures.cohort };

/** A result as it was written, whenever that was. */
export const readFinishedRun = ({ networks, cohort }: FinishedRun): FinishedRun => ({
  networks: networks.map(withMeasurements),
  cohort: cohort && withMeasurements(cohort),
});

const withMeasurements = <Result extends { measurements: Measurement[] }>(result: Result): Result => {
  if ((result.measurements as Measurement[] | undefined) !== undefined) return result;
  const held = result as unknown as Readonly<Record<string, number | null | undefined>>;
  const measurements = Object.entries(fields).flatMap(([field, figure]) => {
    const value = held[field];
    return value == null ? [] : [{ ...figure, value }];
  });
  return { ...result, measurements };
};
