import { type Client, createClient } from 'graphql-ws';

export type Connection = 'connecting' | 'live' | 'lost';

let client: Client | undefined;
let connection: Connection = 'connecting';
const listeners = new Set<() => void>();

function become(next: Connection): void {
  connection = next;
  for (const listener of listeners) listener();
}

/** The browser's one WebSocket to the API; it comes back by itself after an outage and subscribes again. */
export function socket(): Client {
  client ??= createClient({
    url: `${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}/graphql`,
    // From the start, so that every page shows whether it is live.
    lazy: false,
    onNonLazyError: () => become('lost'),
    keepAlive: 10_000,
    retryAttempts: Number.POSITIVE_INFINITY,
    shouldRetry: () => true,
    // Quick at first, for a restarted API; then about every five seconds, spread so that many pages do not knock at once.
    retryWait: (retries) => new Promise((resolve) => setTimeout(resolve, Math.min(5000, 250 * 2 ** retries) * (0.7 + Math.random() * 0.6))),
    on: { connected: () => become('live'), closed: () => become('lost'), error: () => become('lost') },
  });
  return client;
}

export function subscribeConnection(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function currentConnection(): Connection {
  return connection;
}
