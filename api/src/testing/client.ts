import { createClient } from 'graphql-ws';
import WebSocket from 'ws';

export type GraphqlError = {
  message: string;
  path?: (string | number)[];
  extensions: { code: string; problems?: { path: string; message: string }[] };
};

export type Response<Data> = { data?: Data | null; errors?: GraphqlError[] };

/** Asks over HTTP as a client would. */
export async function ask<Data = Record<string, never>>(
  url: string,
  query: string,
  variables: object = {},
  token?: string,
  headers: Record<string, string> = {},
): Promise<Response<Data>> {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(token ? { authorization: `Bearer ${token}` } : {}), ...headers },
    body: JSON.stringify({ query, variables }),
  });
  return (await response.json()) as Response<Data>;
}

export interface Subscription<Data> {
  /** The next value; rejects with the errors that ended the subscription. */
  next(): Promise<Data>;
  /** The next value that is as wanted; the same state may be sent more than once. */
  until(wanted: (value: Data) => boolean): Promise<Data>;
  close(): Promise<void>;
}

/** Subscribes over a WebSocket of its own. */
export function subscribe<Data>(
  url: string,
  query: string,
  variables: Record<string, unknown> = {},
  token?: string,
  headers: Record<string, string> = {},
): Subscription<Data> {
  const client = createClient({
    url: `${url.replace(/^http/, 'ws')}/graphql`,
    webSocketImpl: class extends WebSocket {
      constructor(address: string, protocols: string) {
        super(address, protocols, { headers });
      }
    },
    retryAttempts: 0,
    lazy: true,
    connectionParams: token ? { authorization: `Bearer ${token}` } : {},
  });
  const values = client.iterate<Data>({ query, variables });
  const next = async () => {
    const result = await values.next();
    if (result.done) throw new Error('The subscription has ended.');
    if (result.value.errors) throw Object.assign(new Error(result.value.errors[0]?.message), { errors: result.value.errors });
    return result.value.data as Data;
  };
  return {
    next,
    until: async (wanted) => {
      for (;;) {
        const value = await next();
        if (wanted(value)) return value;
      }
    },
    close: async () => {
      await values.return?.();
      await client.dispose();
    },
  };
}
