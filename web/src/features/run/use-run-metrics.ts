'use client';

import { useSuspenseQuery } from '@apollo/client/react';
import { useRef, useState } from 'react';
import { unmask } from '@/generated/fragment-masking.ts';
import { MetricsCommittedDocument, MetricsRowsFragmentDoc, RunMetricsSoFarDocument } from '@/generated/graphql.ts';
import { useLive } from '@/lib/live/use-live.ts';
import { type Metrics, mergeMetrics, noMetrics } from './metrics.ts';

/** A run's rows: those there were when the page was made, then each as it is committed. */
export function useRunMetrics(id: string): Metrics {
  const { data } = useSuspenseQuery(RunMetricsSoFarDocument, { variables: { id } });
  const [metrics, setMetrics] = useState<Metrics>(() => {
    const page = data.run ? unmask(MetricsRowsFragmentDoc, data.run.metrics) : null;
    return page ? mergeMetrics(noMetrics, page) : noMetrics;
  });
  const known = useRef(metrics);
  useLive(MetricsCommittedDocument, {
    key: id,
    variables: () => ({ id, after: known.current.revision }),
    onData: ({ runMetrics }) => {
      known.current = mergeMetrics(known.current, unmask(MetricsRowsFragmentDoc, runMetrics));
      setMetrics(known.current);
    },
    cached: false,
  });
  return metrics;
}
