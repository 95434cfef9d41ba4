import { HttpLink } from '@apollo/client';
import { ApolloClient, registerApolloClient } from '@apollo/client-integration-nextjs';
import { cookies } from 'next/headers';
import { makeCache } from './make-cache.ts';

/** Queries made while a page is rendered here: straight to the API, in the visitor's name. */
export const { getClient, query, PreloadQuery } = registerApolloClient(async () => {
  const key = (await cookies()).get('studyhall_key')?.value;
  return new ApolloClient({
    cache: makeCache(),
    link: new HttpLink({
      uri: `${process.env.API_URL ?? 'http://127.0.0.1:4000'}/graphql`,
      fetchOptions: { cache: 'no-store' },
      headers: {
        'apollo-require-preflight': 'true',
        ...(key ? { authorization: `Bearer ${key}` } : {}),
        ...(process.env.STUDYHALL_WEB_PUBLIC ? { 'x-studyhall-web': 'public' } : {}),
      },
    }),
  });
});
