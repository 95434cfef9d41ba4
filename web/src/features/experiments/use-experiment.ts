'use client';

import { useSubscription, useSuspenseQuery } from '@apollo/client/react';
import { useRef } from 'react';
import { unmask } from '@/generated/fragment-masking.ts';
import { ExperimentDocument, ExperimentRunChangedDocument, ListedExperimentFragmentDoc } from '@/generated/graphql.ts';

/** An experiment and the counts of its runs, kept current: asked for again when one of its runs comes up or changes its state. */
export function useExperiment(slug: string) {
  const { data, client } = useSuspenseQuery(ExperimentDocument, { variables: { slug } });
  const experiment = data.experiment ? unmask(ListedExperimentFragmentDoc, data.experiment) : null;
  const states = useRef(new Map<string, string>());
  useSubscription(ExperimentRunChangedDocument, {
    variables: { experimentId: experiment?.id ?? '' },
    skip: experiment === null,
    ignoreResults: true,
    onData: ({ data: message }) => {
      const run = message.data?.runsChanged;
      // Progress changes a run several times a minute, and none of the counts.
      if (!run || states.current.get(run.id) === run.state) return;
      states.current.set(run.id, run.state);
      void client.query({ query: ExperimentDocument, variables: { slug }, fetchPolicy: 'network-only' });
    },
  });
  return experiment;
}
