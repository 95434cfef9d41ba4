'use client';

import { useSuspenseQuery } from '@apollo/client/react';
import type { TypedDocumentNode } from '@graphql-typed-document-node/core';
import { useLive } from './use-live.ts';

type Changes<Data, Change, ChangeVariables> = {
  variables: ChangeVariables;
  skip?: boolean;
  /** Each message is the query's whole answer, or with the answer so far makes it up; the first is. Nothing: it has to be asked anew. */
  whole?: (change: Change, known: Data | null) => Data | null;
  /** Whether the query has to be asked anew; the entities in a message are in the cache already. */
  isStale?: (change: Change) => boolean;
  pause?: number;
};

/**
 * A query's answer, preloaded by the server and kept current by what a subscription tells.
 *
 * @param document the subscription.
 * @param changesOf what it is to follow and what its messages mean, given the answer so far.
 * @returns the answer, and a way to ask for it at once.
 */
export function useLiveQuery<Data, Variables extends Record<string, unknown>, Change, ChangeVariables extends Record<string, unknown>>(
  query: TypedDocumentNode<Data, Variables>,
  variables: Variables,
  document: TypedDocumentNode<Change, ChangeVariables>,
  changesOf: (data: Data) => Changes<Data, Change, ChangeVariables>,
): { data: Data; read: () => Promise<unknown> } {
  const answer = useSuspenseQuery<Data, Record<string, unknown>>(query, { variables });
  const { client } = answer;
  const data = answer.data as Data;
  const { whole, isStale, ...changes } = changesOf(data);
  const read = () => client.query<Data, Record<string, unknown>>({ query, variables, fetchPolicy: 'network-only' });
  useLive(document, {
    ...changes,
    onData: (change, again) => {
      if (whole) {
        const data = whole(change, client.readQuery<Data, Record<string, unknown>>({ query, variables }) as Data | null);
        // If that fails, the next message tells so again.
        if (data === null) read().catch(() => {});
        else client.writeQuery<Data, Record<string, unknown>>({ query, variables, data });
      } else if (isStale?.(change)) again();
    },
    ...(whole ? { cached: false } : { read }),
  });
  return { data, read };
}
