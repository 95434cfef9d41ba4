import type { TrainFigures } from './epoch-meter.ts';
import type { CohortRow, EpochRow } from './events.ts';
import type { CohortScores, Scores } from './scores.ts';

type Speed = Pick<EpochRow, 'learningRate' | 'imagesPerSecond' | 'seconds'>;

/** One network's epoch, as it is reported. */
export const epochRow = (network: number, epoch: number, train: TrainFigures, validation: Scores | null, speed: Speed): EpochRow => ({
  network,
  epoch,
  trainLoss: train.loss,
  trainTerms: train.terms,
  trainAccuracy: train.accuracy,
  trainEntropy: train.entropy,
  validationLoss: validation?.loss ?? null,
  validationAccuracy: validation?.accuracy ?? null,
  validationEntropy: validation?.entropy ?? null,
  ...speed,
});

/** The cohort's epoch, as it is reported. */
export const cohortRow = (epoch: number, ensemble: NonNullable<CohortScores['ensemble']>): CohortRow => ({
  epoch,
  ensembleValidationLoss: ensemble.loss,
  ensembleValidationAccuracy: ensemble.accuracy,
  disagreement: ensemble.disagreement,
});
