import type { KeptFields } from '../events/kept-rows.ts';

/** What of a leaderboard's row hangs on nothing but what Postgres notes and announces with its group, its measurements among it. */
export const keptFields: KeptFields = {
  LeaderboardRow: [
    ...['id', 'groupKey', 'networkIndex', 'role', 'label', 'method', 'dataset', 'experiment', 'models', 'parameters', 'n', 'seeds'],
    ...['repeats', 'trainSamples', 'labelledFraction', 'withheldClasses', 'points', 'counts', 'measurements'],
    ...['validationAccuracy', 'testAccuracy', 'trainAccuracy', 'ensembleValidationAccuracy', 'ensembleTestAccuracy'],
    ...['validationGain', 'testGain', 'validationEntropy', 'testEntropy', 'ensembleValidationEntropy'],
  ],
  LeaderboardPoint: [
    ...['runId', 'seed', 'validationAccuracy', 'testAccuracy', 'validationGain', 'testGain', 'validationEntropy', 'testEntropy'],
  ],
  RowMeasurement: ['measure', 'split', 'statistic', 'seeds'],
  MeasuredSeed: ['seed', 'value'],
  Measure: ['name', 'scopes', 'splits', 'unit', 'label', 'shortLabel', 'format', 'sentence'],
  Statistic: ['mean', 'sd', 'n', 'interval'],
  RunCounts: ['total', 'blocked', 'queued', 'running', 'succeeded', 'failed', 'cancelled'],
  Dataset: ['id', 'name', 'hash'],
  Experiment: ['id', 'slug', 'title'],
};
