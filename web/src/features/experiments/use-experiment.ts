'use client';

import { unmask } from '@/generated/fragment-masking.ts';
import { ExperimentDocument, ExperimentRunChangedDocument, ListedExperimentFragmentDoc } from '@/generated/graphql.ts';
import { useLiveQuery } from '@/lib/live/use-live-query.ts';
import { useNews } from '@/lib/live/use-news.ts';

/** An experiment and the counts of its runs, kept current: asked for again when one of its runs comes up or changes its state. */
export function useExperiment(slug: string) {
  const isNews = useNews();
  const { data } = useLiveQuery(ExperimentDocument, { slug }, ExperimentRunChangedDocument, ({ experiment }) => ({
    variables: { experimentId: experiment?.id ?? '' },
    skip: !experiment,
    isStale: ({ runsChanged }) => isNews(runsChanged.id, `${runsChanged.state} ${runsChanged.archived}`),
  }));
  return data.experiment ? unmask(ListedExperimentFragmentDoc, data.experiment) : null;
}
