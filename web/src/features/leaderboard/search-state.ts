import { createLoader, type inferParserType, parseAsInteger, parseAsString, parseAsStringLiteral } from 'nuqs/server';
import type { LeaderboardQueryVariables } from '@/generated/graphql.ts';

/** What the leaderboard's address holds. */
export const leaderboardParsers = {
  q: parseAsString.withDefault(''),
  dataset: parseAsString.withDefault(''),
  method: parseAsStringLiteral(['INDEPENDENT', 'DISTILLATION', 'MUTUAL', 'CONFIDENCE_PENALTY'] as const),
  model: parseAsString.withDefault(''),
  members: parseAsStringLiteral(['NETWORKS', 'ENSEMBLES', 'ALL'] as const).withDefault('NETWORKS'),
  split: parseAsStringLiteral(['validation', 'test'] as const).withDefault('validation'),
  sort: parseAsStringLiteral(['VALIDATION_ACCURACY', 'TEST_ACCURACY', 'VALIDATION_GAIN', 'PARAMETERS', 'SEEDS', 'LABEL'] as const),
  dir: parseAsStringLiteral(['ASC', 'DESC'] as const).withDefault('DESC'),
  seeds: parseAsInteger.withDefault(0),
  teachers: parseAsStringLiteral(['yes'] as const),
  show: parseAsInteger.withDefault(100),
};

export type LeaderboardState = inferParserType<typeof leaderboardParsers>;

export const loadLeaderboardState = createLoader(leaderboardParsers);

/** The query an address stands for. Without a chosen order, the accuracy in sight decides. */
export function leaderboardVariables(state: LeaderboardState): LeaderboardQueryVariables {
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
    sort: effectiveSort(state),
    direction: state.dir,
    first: Math.min(500, Math.max(1, state.show)),
  };
}

export function effectiveSort(state: LeaderboardState): LeaderboardQueryVariables['sort'] {
  return state.sort ?? (state.split === 'test' ? 'TEST_ACCURACY' : 'VALIDATION_ACCURACY');
}

/** All rows of one experiment, by label. */
export function experimentVariables(experimentId: string): LeaderboardQueryVariables {
  return { filter: { experimentId, members: 'ALL' }, sort: 'LABEL', direction: 'ASC', first: 200 };
}
