'use client';

import { useQuery } from '@apollo/client/react';
import { useMemo } from 'react';
import { ExperimentAnalysesDocument } from '@/generated/graphql.ts';
import { GroupsAnalyses } from './groups-analyses.tsx';

/** While runs wait, an experiment's groups are asked for again so often. */
const askEveryMs = 15_000;

/** What was asked of an experiment's groups. */
export function ExperimentAnalyses({ experimentId }: { experimentId: string }) {
  const { data } = useQuery(ExperimentAnalysesDocument, { variables: { id: experimentId }, pollInterval: askEveryMs });
  const experiment = data?.experiment;
  const groups = useMemo(
    () => (experiment?.groups ?? []).map(({ groupKey, label, method }) => ({ groupKey, title: label, method })),
    [experiment?.groups],
  );
  const training = experiment ? experiment.counts.blocked + experiment.counts.queued + experiment.counts.running > 0 : false;
  return <GroupsAnalyses groups={groups} training={training} file={`experiment-${experimentId}`} />;
}
