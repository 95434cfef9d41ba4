'use client';

import { useApolloClient, useSubscription, useSuspenseQuery } from '@apollo/client/react';
import { useCallback, useEffect, useMemo, useRef } from 'react';
import { unmask } from '@/generated/fragment-masking.ts';
import { ListRunFragmentDoc, type RunFilter, RunsChangedDocument, RunsDocument, type RunsQueryVariables } from '@/generated/graphql.ts';

/** A page of runs. Their figures change in place; which runs there are, and in what order, is asked anew when a state changes. */
export function useRuns(variables: RunsQueryVariables, scope: RunFilter) {
  const client = useApolloClient();
  const { data } = useSuspenseQuery(RunsDocument, { variables });
  const runs = useMemo(() => data.runs.edges.map((edge) => unmask(ListRunFragmentDoc, edge.node)), [data]);
  const states = useRef(new Map<string, string>());
  states.current = new Map(runs.map((run) => [run.id, run.state]));

  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const refresh = useCallback(() => {
    // Many runs may change at once, for example when a group is scheduled.
    timer.current ??= setTimeout(() => {
      timer.current = undefined;
      void client.query({ query: RunsDocument, variables, fetchPolicy: 'network-only' }).catch(() => {});
    }, 300);
  }, [client, variables]);
  useEffect(
    () => () => {
      clearTimeout(timer.current);
      timer.current = undefined;
    },
    [],
  );

  useSubscription(RunsChangedDocument, {
    variables: { filter: scope },
    ignoreResults: true,
    onData: ({ data: message }) => {
      const run = message.data && unmask(ListRunFragmentDoc, message.data.runsChanged);
      if (run && states.current.get(run.id) !== run.state) refresh();
    },
  });
  return { runs, totalCount: data.runs.totalCount, pageInfo: data.runs.pageInfo };
}
