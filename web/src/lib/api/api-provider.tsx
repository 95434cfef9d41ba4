'use client';

import { ApolloLink, HttpLink } from '@apollo/client';
import { GraphQLWsLink } from '@apollo/client/link/subscriptions';
import { ApolloClient, ApolloNextAppProvider } from '@apollo/client-integration-nextjs';
import type { ReactNode } from 'react';
import { makeCache } from './make-cache.ts';
import { socket } from './socket.ts';

function makeClient(): ApolloClient {
  // Pages preload what they render first, so on the server this link is never asked; an address is needed all the same.
  const uri = typeof window === 'undefined' ? `${process.env.API_URL ?? 'http://127.0.0.1:4000'}/graphql` : '/graphql';
  const http = new HttpLink({ uri, headers: { 'apollo-require-preflight': 'true' } });
  const link =
    typeof window === 'undefined'
      ? http
      : ApolloLink.split(({ operationType }) => operationType === 'subscription', new GraphQLWsLink(socket()), http);
  return new ApolloClient({ cache: makeCache(), link });
}

/** One Apollo client for all client components; its cache is filled by what the server preloaded, in scripts that carry the nonce. */
export function ApiProvider({ nonce, children }: { nonce: string | undefined; children: ReactNode }) {
  return (
    <ApolloNextAppProvider makeClient={makeClient} extraScriptProps={{ nonce }}>
      {children}
    </ApolloNextAppProvider>
  );
}
