import type { KeptFields } from '../events/kept-rows.ts';

/** What a leaderboard's row says by itself: equal records answer it equally. */
export const ownFields: KeptFields = {
  LeaderboardRow: [
    ...['id', 'groupKey', 'networkIndex', 'role', 'label', 'method', 'dataset', 'experiment', 'models', 'parameters', 'n', 'seeds'],
    ...['repeats', 'trainSamples', 'labelledFraction', 'withheldClasses', 'points', 'counts'],
    ...['validationAccuracy', 'testAccuracy', 'trainAccuracy', 'ensembleValidationAccuracy', 'ensembleTestAccuracy'],
    ...['validationGain', 'testGain'],
  ],
  LeaderboardPoint: ['runId', 'seed', 'validationAccuracy', 'testAccuracy', 'validationGain', 'testGain'],
  Statistic: ['mean', 'sd', 'n', 'interval'],
  RunCounts: ['total', 'blocked', 'queued', 'running', 'succeeded', 'failed', 'cancelled'],
  Dataset: ['id', 'name', 'hash'],
  Experiment: ['id', 'slug', 'title'],
};

const { LeaderboardRow = [], LeaderboardPoint = [], ...others } = ownFields;

/** What of it hangs on nothing but what Postgres announces with its group (`board`), its measurements among it: see `WatchedBoard`. */
export const keptFields: KeptFields = {
  ...others,
  LeaderboardRow: [...LeaderboardRow, 'measurements', 'validationEntropy', 'testEntropy', 'ensembleValidationEntropy'],
  LeaderboardPoint: [...LeaderboardPoint, 'validationEntropy', 'testEntropy'],
  RowMeasurement: ['measure', 'split', 'statistic', 'seeds'],
  MeasuredSeed: ['seed', 'value'],
  Measure: ['name', 'scopes', 'splits', 'unit', 'label', 'shortLabel', 'format', 'sentence'],
};
