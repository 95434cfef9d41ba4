import type { OperationVariables } from '@apollo/client';
import { useQuery } from '@apollo/client/react';
import type { TypedDocumentNode } from '@graphql-typed-document-node/core';

/**
 * What is asked when somebody looks: stored outputs do not change, so nothing is live about it, and it is asked once. While another
 * answer is on its way, the one before stands.
 */
export function useAnswer<Data, Variables extends OperationVariables>(
  query: TypedDocumentNode<Data, Variables>,
  variables: Variables | null,
): { data: Data | undefined; error: unknown; loading: boolean; again: () => void } {
  const asked = (variables === null ? { skip: true } : { variables }) as useQuery.Options<Data, Variables>;
  const { data, previousData, error, loading, refetch } = useQuery<Data, Variables>(query, { ...asked, errorPolicy: 'all' });
  // biome-ignore lint/suspicious/noExplicitAny: the partial data of an answer with errors is data with nulls
  const shown = (data ?? (error ? undefined : previousData)) as any as Data | undefined;
  return { data: shown, error, loading, again: () => void refetch().catch(() => {}) };
}
