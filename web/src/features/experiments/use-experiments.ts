'use client';

import { AnyRunChangedDocument, ExperimentsDocument, type ExperimentsQueryVariables } from '@/generated/graphql.ts';
import { useLiveQuery } from '@/lib/live/use-live-query.ts';
import { useNews } from '@/lib/live/use-news.ts';

/** A page of experiments with the counts of their runs, kept current. */
export function useExperiments(variables: ExperimentsQueryVariables) {
  const isNews = useNews();
  const { data } = useLiveQuery(ExperimentsDocument, variables, AnyRunChangedDocument, () => ({
    variables: {},
    isStale: ({ runsChanged: { id, state, archived, experiment } }) => experiment !== null && isNews(id, `${state} ${archived}`),
    pause: 500,
  }));
  return data.experiments;
}
