'use client';

import { HttpLink } from '@apollo/client';
import { ApolloClient, ApolloNextAppProvider } from '@apollo/client-integration-nextjs';
import type { ReactNode } from 'react';
import { basePath } from '../base-path.ts';
import { makeCache } from './make-cache.ts';

function makeClient(): ApolloClient {
  // Pages preload what they render first, so on the server this link is never asked; an address is needed all the same.
  const uri = typeof window === 'undefined' ? `${process.env.API_URL ?? 'http://127.0.0.1:4000'}/graphql` : `${basePath}/graphql`;
  const client = new ApolloClient({ cache: makeCache(), link: new HttpLink({ uri, headers: { 'apollo-require-preflight': 'true' } }) });
  return withoutSecondCopy(client);
}

/**
 * What a page preloads is written into it once, as the query's answer; the hook that reads it would write it a second time, as its own
 * result, for pages that do not preload. The integration keeps its hooks' wrappers with the client, and offers no setting.
 */
function withoutSecondCopy(client: ApolloClient): ApolloClient {
  const wrappers = Symbol.for('apollo.hook.wrappers');
  const manager = (client as unknown as { queryManager: { [wrappers]?: Record<string, unknown> } }).queryManager;
  const { useSuspenseQuery: _writesItAgain, ...others } = manager[wrappers] ?? {};
  manager[wrappers] = others;
  return client;
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
