import type { Measurement } from '../measures/measure-all.ts';
import type { TrainFigures } from './epoch-meter.ts';
import type { CohortRow, EpochRow } from './events.ts';
import type { CohortScores, Scores } from './scores.ts';

type Speed = Pick<EpochRow, 'learningRate' | 'imagesPerSecond' | 'seconds'>;

/** How a network did on the validation split, and what else was measured there. */
type Validated = { readonly scores: Scores | null; readonly measurements: readonly Measurement[] };

/** One network's epoch, as it is reported. */
export const epochRow = (
  network: number,
  epoch: number,
  train: TrainFigures,
  { scores, measurements }: Validated,
  speed: Speed,
): EpochRow => ({
  network,
  epoch,
  trainLoss: train.loss,
  trainTerms: train.terms,
  trainAccuracy: train.accuracy,
  validationLoss: scores?.loss ?? null,
  validationAccuracy: scores?.accuracy ?? null,
  ...speed,
  measurements: [{ measure: 'entropy', split: 'TRAIN', value: train.entropy }, ...measurements],
});

/** The cohort's epoch, as it is reported. */
export const cohortRow = (epoch: number, ensemble: NonNullable<CohortScores['ensemble']>, measurements: Measurement[]): CohortRow => ({
  epoch,
  ensembleValidationLoss: ensemble.loss,
  ensembleValidationAccuracy: ensemble.accuracy,
  measurements,
});
