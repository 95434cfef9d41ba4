'use client';

import { useMemo } from 'react';
import { ExperimentAnalysesDocument, ExperimentRunChangedDocument } from '@/generated/graphql.ts';
import { useLiveQuery } from '@/lib/live/use-live-query.ts';
import { useNews } from '@/lib/live/use-news.ts';
import { GroupsAnalyses } from './groups-analyses.tsx';

/** What was asked of an experiment's groups; a run that comes up, or leaves, may bring another group. */
export function ExperimentAnalyses({ experimentId }: { experimentId: string }) {
  const isNews = useNews();
  const { data } = useLiveQuery(ExperimentAnalysesDocument, { id: experimentId }, ExperimentRunChangedDocument, () => ({
    variables: { experimentId },
    isStale: ({ runsChanged }) => isNews(runsChanged.id, `${runsChanged.archived}`),
  }));
  const all = data.experiment?.groups;
  const groups = useMemo(() => (all ?? []).map(({ groupKey, label, method }) => ({ groupKey, title: label, method })), [all]);
  return <GroupsAnalyses groups={groups} file={`experiment-${experimentId}`} />;
}
