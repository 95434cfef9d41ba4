import { createLoader, type inferParserType, parseAsString, parseAsStringLiteral } from 'nuqs/server';
import type { LeaderboardQueryVariables } from '@/generated/graphql.ts';
import { longestPage } from '@/lib/api/ask-all.ts';
import { parseAsWhole } from '@/lib/numbers/parse-as-whole.ts';
import { pageArguments, pageParsers } from '@/lib/paging.ts';
import { columnVariables, parseAsColumn } from './column.ts';

const pageSize = 100;

/** Rows that the server writes into the page: more than a screen shows. */
const writtenRows = 20;

/** What the leaderboard's address holds. */
export const leaderboardParsers = {
  q: parseAsString.withDefault(''),
  dataset: parseAsString.withDefault(''),
  method: parseAsStringLiteral(['INDEPENDENT', 'DISTILLATION', 'MUTUAL', 'CONFIDENCE_PENALTY'] as const),
  model: parseAsString.withDefault(''),
  members: parseAsStringLiteral(['NETWORKS', 'ENSEMBLES', 'ALL'] as const).withDefault('NETWORKS'),
  split: parseAsStringLiteral(['validation', 'test'] as const).withDefault('validation'),
  sort: parseAsStringLiteral([
    'VALIDATION_ACCURACY',
    'TEST_ACCURACY',
    'VALIDATION_GAIN',
    'PARAMETERS',
    'SEEDS',
    'LABEL',
    'COLUMN',
  ] as const),
  column: parseAsColumn,
  dir: parseAsStringLiteral(['ASC', 'DESC'] as const).withDefault('DESC'),
  seeds: parseAsWhole(0, 2147483647).withDefault(0),
  teachers: parseAsStringLiteral(['yes'] as const),
  ...pageParsers,
};

export type LeaderboardState = inferParserType<typeof leaderboardParsers>;

export const loadLeaderboardState = createLoader(leaderboardParsers);

/** The query an address stands for. Without a chosen order, the accuracy in sight decides. */
export function leaderboardVariables(state: LeaderboardState): LeaderboardQueryVariables {
  const sort = effectiveSort(state);
  return {
    filter: {
      members: state.members,
      includeTeachers: state.teachers === 'yes',
      minSeeds: state.seeds,
      ...(state.q ? { search: state.q } : {}),
      ...(state.dataset ? { dataset: state.dataset } : {}),
      ...(state.method ? { methods: [state.method] } : {}),
      ...(state.model ? { models: [state.model] } : {}),
    },
    sort: sort === 'COLUMN' ? accuracySort(state) : sort,
    direction: state.dir,
    ...columnVariables(state.column, sort === 'COLUMN'),
    ...pageArguments(state, pageSize),
  };
}

/** What the server writes of the first page; the rest comes once the page is alive. Later pages are written whole. */
export function writtenVariables(state: LeaderboardState): LeaderboardQueryVariables {
  const variables = leaderboardVariables(state);
  return variables.after || variables.before ? variables : { ...variables, first: writtenRows };
}

/** What the rows are in order by: one of the contract's, or the column that was chosen. */
export type BoardSort = LeaderboardQueryVariables['sort'] | 'COLUMN';

export function effectiveSort(state: LeaderboardState): BoardSort {
  const sort = state.sort === 'COLUMN' && !state.column ? null : state.sort;
  return sort ?? accuracySort(state);
}

const accuracySort = ({ split }: LeaderboardState) => (split === 'test' ? 'TEST_ACCURACY' : 'VALIDATION_ACCURACY');

/** The rows of one experiment, by label, as many as the API gives at once. */
export function experimentVariables(experimentId: string): LeaderboardQueryVariables {
  return { filter: { experimentId, members: 'ALL' }, sort: 'LABEL', direction: 'ASC', first: longestPage };
}

/** The same rows in the same order, at another place. */
export function atPage(
  { filter, sort, direction }: LeaderboardQueryVariables,
  to: Parameters<typeof pageArguments>[0],
): LeaderboardQueryVariables {
  return { filter, sort, direction, ...pageArguments(to, longestPage) };
}
