import { readFileSync } from 'node:fs';

const web = new URL('../../../web/src/', import.meta.url);
const read = (...files: string[]) => files.map((file) => readFileSync(new URL(file, web), 'utf8')).join('\n');

/** What the pages ask, in their own words. */
export const documents = {
  leaderboard: read('features/leaderboard/leaderboard.graphql', 'features/leaderboard/row-fields.graphql'),
  leaderboardChanged: read('features/leaderboard/leaderboard-changed.graphql', 'features/leaderboard/row-fields.graphql'),
  runs: read('features/runs/runs.graphql', 'features/runs/list-run.graphql', 'lib/runs/run-progress.graphql'),
  metricsCommitted: read('features/run/metrics-committed.graphql', 'features/run/metrics-rows.graphql'),
};

/** Rows of a page of the leaderboard and of the runs list, as the pages have them. */
const [boardPage, listPage] = [100, 50];

const board = (changes: object = {}) => ({
  filter: {},
  sort: 'VALIDATION_ACCURACY',
  direction: 'DESC',
  first: boardPage,
  withColumn: false,
  ...changes,
});
const entropy = { measure: 'entropy', split: 'VALIDATION' };

/** Variables of the leaderboard's questions: every kind of sort and filter. */
export const boardQuestions: Readonly<Record<string, object>> = {
  'by validation accuracy': board(),
  'by gain': board({ sort: 'VALIDATION_GAIN' }),
  'by parameters': board({ sort: 'PARAMETERS', direction: 'ASC' }),
  'by label': board({ sort: 'LABEL', direction: 'ASC' }),
  'by a further measure': board({ by: entropy, withColumn: true, ...entropy }),
  'of a dataset and method': board({ filter: { dataset: 'shapes-16', methods: ['DISTILLATION'] } }),
  'of two models': board({ filter: { models: ['cnn', 'mlp-7'] } }),
  'of an experiment': board({ filter: { experimentId: 'exp_7' } }),
  'with a word in it': board({ filter: { search: 'group 12' } }),
};

/** Variables of the runs list's questions. */
export const listQuestions: Readonly<Record<string, object>> = {
  'runs by activity': { filter: {}, sort: 'ACTIVITY', direction: 'DESC', first: listPage },
  'runs by accuracy': { filter: {}, sort: 'VALIDATION_ACCURACY', direction: 'DESC', first: listPage },
};
