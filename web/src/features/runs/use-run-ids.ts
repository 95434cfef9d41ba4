'use client';

import { useApolloClient } from '@apollo/client/react';
import { type RunFilter, RunIdsDocument } from '@/generated/graphql.ts';
import { askAll, longestPage } from '@/lib/api/ask-all.ts';

/** Finds the ids of all runs that a filter lets through, not those of a page alone. */
export function useRunIds(): (filter: RunFilter) => Promise<string[]> {
  const client = useApolloClient();
  return async (filter) => {
    const pages = await askAll(client, RunIdsDocument, { filter, first: longestPage }, ({ runs }) => runs);
    return pages.flatMap(({ runs }) => runs.edges.map(({ node }) => node.id));
  };
}
