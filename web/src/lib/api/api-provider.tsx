'use client';

import { HttpLink } from '@apollo/client';
import { ApolloClient, ApolloNextAppProvider } from '@apollo/client-integration-nextjs';
import type { ReactNode } from 'react';
import { basePath } from '../base-path.ts';
import { onSocket } from '../live/socket.ts';
import { makeCache } from './make-cache.ts';

function makeClient(): ApolloClient {
  // Pages preload what they render first, so on the server this link is never asked; an address is needed all the same.
  const uri = typeof window === 'undefined' ? `${process.env.API_URL ?? 'http://127.0.0.1:4000'}/graphql` : `${basePath}/graphql`;
  const cache = makeCache();
  if (typeof window !== 'undefined') onSocket({ lost: () => cache.forgetOrder(), back: () => {} });
  return new ApolloClient({ cache, link: new HttpLink({ uri, headers: { 'apollo-require-preflight': 'true' } }) });
}

/**
 * One Apollo client for all client components; its cache is filled by what the server preloaded, in scripts that carry the nonce, and by
 * what `useLive` hears.
 */
export function ApiProvider({ nonce, children }: { nonce: string | undefined; children: ReactNode }) {
  return (
    <ApolloNextAppProvider makeClient={makeClient} extraScriptProps={{ nonce }}>
      {children}
    </ApolloNextAppProvider>
  );
}
