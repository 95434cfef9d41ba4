import type { ApolloClient } from '@apollo/client';
import type { TypedDocumentNode } from '@graphql-typed-document-node/core';

type Page = { pageInfo: { hasNextPage: boolean; endCursor?: string | null } };

/** The API's longest page. */
export const longestPage = 200;

/**
 * All of a connection, page by page: for choices and figures, of which none may be left out. Nothing of it goes into the cache.
 *
 * @param pageOf where an answer holds the connection.
 * @returns the answers, one per page, in order.
 */
export async function askAll<Data, Variables extends { after?: string | null }>(
  client: ApolloClient,
  query: TypedDocumentNode<Data, Variables>,
  variables: Omit<Variables, 'after'>,
  pageOf: (data: Data) => Page,
): Promise<Data[]> {
  const pages: Data[] = [];
  let after: string | null = null;
  do {
    const answer: { data?: unknown } = await client.query<Data, Record<string, unknown>>({
      query,
      variables: { ...variables, ...(after ? { after } : {}) },
      fetchPolicy: 'no-cache',
    });
    const data = answer.data as Data;
    pages.push(data);
    const { hasNextPage, endCursor } = pageOf(data).pageInfo;
    after = hasNextPage ? (endCursor ?? null) : null;
  } while (after !== null);
  return pages;
}
