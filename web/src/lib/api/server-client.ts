import { HttpLink } from '@apollo/client';
import { ApolloClient, registerApolloClient } from '@apollo/client-integration-nextjs';
import { cookies, headers } from 'next/headers';
import { publicHeader } from '@/server/visit.ts';
import { makeCache } from './make-cache.ts';

/** Queries made while a page is rendered here: straight to the API, in the visitor's name. */
export const { getClient, query, PreloadQuery } = registerApolloClient(async () => {
  const key = (await cookies()).get('studyhall_key')?.value;
  // Set by the server that took the request in, whatever the visitor claims.
  const afar = (await headers()).get(publicHeader);
  return new ApolloClient({
    cache: makeCache(),
    link: new HttpLink({
      uri: `${process.env.API_URL ?? 'http://127.0.0.1:4000'}/graphql`,
      fetchOptions: { cache: 'no-store' },
      headers: {
        'apollo-require-preflight': 'true',
        ...(key ? { authorization: `Bearer ${key}` } : {}),
        ...(afar ? { [publicHeader]: afar } : {}),
      },
    }),
  });
});
