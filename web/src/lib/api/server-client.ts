import { HttpLink } from '@apollo/client';
import { ApolloClient, registerApolloClient } from '@apollo/client-integration-nextjs';
import { headers } from 'next/headers';
import { keyCookies } from '@/server/key-cookie.ts';
import { webHeader } from '../../../../start/machine/visitor.mjs';
import { makeCache } from './make-cache.ts';

/** Queries made while a page is rendered here: straight to the API, in the visitor's name. */
export const { getClient, query, PreloadQuery } = registerApolloClient(async () => {
  const asked = await headers();
  // As it was sent: what cannot be a key is left out, whatever it would be decoded to.
  const cookie = keyCookies(asked.get('cookie'));
  // Set by the server that took the request in, whatever the visitor claims.
  const afar = asked.get(webHeader);
  return new ApolloClient({
    cache: makeCache(),
    link: new HttpLink({
      uri: `${process.env.API_URL ?? 'http://127.0.0.1:4000'}/graphql`,
      fetchOptions: { cache: 'no-store' },
      headers: {
        'apollo-require-preflight': 'true',
        ...(cookie ? { cookie } : {}),
        ...(afar ? { [webHeader]: afar } : {}),
      },
    }),
  });
});
