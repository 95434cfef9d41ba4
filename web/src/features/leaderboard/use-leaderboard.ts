'use client';

import { unmask } from '@/generated/fragment-masking.ts';
import {
  LeaderboardChangedDocument,
  LeaderboardDocument,
  type LeaderboardQueryVariables,
  LeaderboardRowFieldsFragmentDoc,
} from '@/generated/graphql.ts';
import { useLiveQuery } from '@/lib/live/use-live-query.ts';
import { wholePage } from './whole-page.ts';

/** A page of the leaderboard, kept current: each message holds what is new of the first page; of a later one it says that it is to be read anew. */
export function useLeaderboard(variables: LeaderboardQueryVariables) {
  const { filter, sort, by, direction, first, withColumn, measure, split } = variables;
  const later = variables.after || variables.before;
  const { data } = useLiveQuery(LeaderboardDocument, variables, LeaderboardChangedDocument, () => ({
    variables: { filter, sort, by, direction, withColumn, measure, split, first: later ? 0 : (first ?? null) },
    pause: 500,
    ...(later ? { isStale: () => true } : { whole: wholePage }),
  }));
  const { edges, totalCount, pageInfo } = data.leaderboard;
  return { rows: edges.map((edge) => unmask(LeaderboardRowFieldsFragmentDoc, edge.node)), totalCount, pageInfo };
}
