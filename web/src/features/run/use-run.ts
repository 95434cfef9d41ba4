'use client';

import { useSubscription, useSuspenseQuery } from '@apollo/client/react';
import { unmask } from '@/generated/fragment-masking.ts';
import { RunChangedDocument, RunDocument, RunLiveFragmentDoc, type RunQuery } from '@/generated/graphql.ts';

export type RunFacts = NonNullable<RunQuery['run']>;

/** A run, kept current; null when there is none of that id. */
export function useRun(id: string) {
  const { data } = useSuspenseQuery(RunDocument, { variables: { id } });
  // What arrives is the same entity: the cache passes it on to the query.
  useSubscription(RunChangedDocument, { variables: { id }, skip: data.run === null, ignoreResults: true });
  return data.run ? { facts: data.run, live: unmask(RunLiveFragmentDoc, data.run) } : null;
}
