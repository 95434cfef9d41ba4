'use client';

import { useMemo } from 'react';
import { unmask } from '@/generated/fragment-masking.ts';
import { ListRunFragmentDoc, type RunFilter, RunsChangedDocument, RunsDocument, type RunsQueryVariables } from '@/generated/graphql.ts';
import { useLiveQuery } from '@/lib/live/use-live-query.ts';
import { useNews } from '@/lib/live/use-news.ts';

/** A page of runs. Their figures change in place; which runs there are, and in what order, is asked anew when a state changes. */
export function useRuns(variables: RunsQueryVariables, scope: RunFilter) {
  const { data } = useLiveQuery(RunsDocument, variables, RunsChangedDocument, () => ({
    variables: { filter: scope },
    isStale: ({ runsChanged }) => {
      const { id, state } = unmask(ListRunFragmentDoc, runsChanged);
      return isNews(id, state);
    },
  }));
  const runs = useMemo(() => data.runs.edges.map((edge) => unmask(ListRunFragmentDoc, edge.node)), [data]);
  const isNews = useNews(runs.map(({ id, state }) => [id, state] as const));
  return { runs, totalCount: data.runs.totalCount, pageInfo: data.runs.pageInfo };
}
