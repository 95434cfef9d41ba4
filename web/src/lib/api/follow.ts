import type { TypedDocumentNode } from '@graphql-typed-document-node/core';
import { print } from 'graphql';
import { socket } from './socket.ts';

/**
 * Follows a subscription that goes on from a cursor. `variables` is asked anew whenever the socket has come back, so that only
 * what was missed is sent again. Returns how to stop.
 */
export function follow<Data, Variables extends Record<string, unknown>>(
  document: TypedDocumentNode<Data, Variables>,
  variables: () => Variables,
  onData: (data: Data) => void,
): () => void {
  const payload = {
    query: print(document),
    // Read each time the subscription is sent: graphql-ws sends this same payload again after a reconnection.
    get variables() {
      return variables();
    },
  };
  return socket().subscribe<Data>(payload, {
    next: (message) => {
      if (message.data) onData(message.data);
    },
    error: (error) => console.error('A subscription ended.', error),
    complete: () => {},
  });
}
