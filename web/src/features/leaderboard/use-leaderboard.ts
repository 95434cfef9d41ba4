'use client';

import { useSubscription, useSuspenseQuery } from '@apollo/client/react';
import { unmask } from '@/generated/fragment-masking.ts';
import {
  LeaderboardChangedDocument,
  LeaderboardDocument,
  type LeaderboardQueryVariables,
  LeaderboardRowFieldsFragmentDoc,
} from '@/generated/graphql.ts';

/** The leaderboard's rows, kept current: each message holds them all, so a lost one does no harm. */
export function useLeaderboard(variables: LeaderboardQueryVariables) {
  const { data } = useSuspenseQuery(LeaderboardDocument, { variables });
  useSubscription(LeaderboardChangedDocument, {
    variables,
    ignoreResults: true,
    onData: ({ client, data: message }) => {
      if (!message.data) return;
      client.writeQuery({ query: LeaderboardDocument, variables, data: { leaderboard: message.data.leaderboardChanged } });
    },
  });
  return {
    rows: data.leaderboard.edges.map((edge) => unmask(LeaderboardRowFieldsFragmentDoc, edge.node)),
    totalCount: data.leaderboard.totalCount,
  };
}
