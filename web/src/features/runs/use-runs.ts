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
  const answered = useMemo(() => data.runs.edges.map((edge) => unmask(ListRunFragmentDoc, edge.node)), [data]);
  const isNews = useNews(answered.map((run) => [run.id, standing(run)] as const));
  const runs = useMemo(() => answered.filter((run) => meetsFilter(run, variables.filter)), [answered, variables]);
  const left = answered.length - runs.length;
  // biome-ignore lint/correctness/useExhaustiveDependencies: asked once for each that has left
  useEffect(() => {
    // Fails only where the list is not live either, and is read again once it is.
    if (left > 0) read().catch(() => {});
  }, [left]);
  return { runs, totalCount: Math.max(0, data.runs.totalCount - left), pageInfo: data.runs.pageInfo, read };
}

/** What filters, searches and orders go by. */
const standing = ({ state, archived, priority, tags, note, experiment }: ListRunFragment): string =>
  JSON.stringify([state, archived, priority, tags, note, experiment?.id]);
