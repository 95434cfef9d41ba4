'use client';

import { useEffect, useMemo } from 'react';
import { unmask } from '@/generated/fragment-masking.ts';
import {
  type ListRunFragment,
  ListRunFragmentDoc,
  type RunFilter,
  RunsChangedDocument,
  RunsDocument,
  type RunsQueryVariables,
} from '@/generated/graphql.ts';
import { useLiveQuery } from '@/lib/live/use-live-query.ts';
import { useNews } from '@/lib/live/use-news.ts';
import { meetsFilter } from './meets-filter.ts';

/**
 * A page of runs. Their figures change in place; one that no longer meets the filter goes at once, by whatever way its change came here.
 * Which runs there are, how many and in what order, is asked anew when something changes that a filter or an order may go by.
 */
export function useRuns(variables: RunsQueryVariables, scope: RunFilter) {
  const { data, read } = useLiveQuery(RunsDocument, variables, RunsChangedDocument, () => ({
    variables: { filter: scope },
    isStale: ({ runsChanged }) => {
      const run = unmask(ListRunFragmentDoc, runsChanged);
      return isNews(run.id, standing(run));
    },
  }));
  const runs = useMemo(() => data.runs.edges.map((edge) => unmask(ListRunFragmentDoc, edge.node)), [data]);
  const isNews = useNews(runs.map(({ id, state }) => [id, state] as const));
  return { runs, totalCount: data.runs.totalCount, pageInfo: data.runs.pageInfo, read };
}

/** What filters, searches and orders go by. */
const standing = ({ state, archived, priority, tags, note, experiment }: ListRunFragment): string =>
  JSON.stringify([state, archived, priority, tags, note, experiment?.id]);
