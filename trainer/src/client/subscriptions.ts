import { setTimeout as delay } from 'node:timers/promises';
import { type Client, createClient } from 'graphql-ws';
import WebSocket from 'ws';
import { type ApiAddress, endpoint } from './api.ts';
import { retryDelay } from './backoff.ts';
import type { TypedDocumentString } from './generated/graphql.ts';

const KEEP_ALIVE_MS = 10_000;
const PONG_WITHIN_MS = 5_000;

export type SubscriptionEvents = {
  /** Each time a connection stands: the first time and after every loss. */
  connected(): void;
  /** A connection was lost or refused. */
  lost(reason: string): void;
};

/** One WebSocket to the API that comes back by itself, with the subscriptions that run over it. */
export class Subscriptions {
  readonly #client: Client;
  readonly #closed = new AbortController();

  constructor(address: ApiAddress, events: SubscriptionEvents) {
    const url = endpoint(address, '/graphql');
    url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:';
    let pongDeadline: NodeJS.Timeout | undefined;
    this.#client = createClient({
      url: url.href,
      webSocketImpl: WebSocket,
      connectionParams: { authorization: `Bearer ${address.token}` },
      keepAlive: KEEP_ALIVE_MS,
      retryAttempts: Number.POSITIVE_INFINITY,
      shouldRetry: () => true,
      retryWait: (retries) => delay(retryDelay(retries), undefined, { signal: this.#closed.signal }).catch(() => undefined),
      on: {
        connected: () => events.connected(),
        closed: (event) => events.lost(closeReason(event)),
        error: (error) => events.lost(closeReason(error)),
        ping: (received) => {
          // A half-open connection (a host that vanished) answers nothing and closes nothing.
          if (!received) pongDeadline = setTimeout(() => this.#client.terminate(), PONG_WITHIN_MS).unref();
        },
        pong: (received) => {
          if (received) clearTimeout(pongDeadline);
        },
      },
    });
  }

  /** Hands every value to `next` until closed. What ends the subscription (an API that restarts, a refusal) only starts it anew. */
  async listen<R, V extends Record<string, unknown>>(
    document: TypedDocumentString<R, V>,
    variables: () => V,
    next: (value: R) => void,
  ): Promise<void> {
    const { signal } = this.#closed;
    for (let retries = 0; !signal.aborted; retries++) {
      await new Promise<void>((resolve) => {
        this.#client.subscribe<R>(
          { query: document.toString(), variables: variables() },
          {
            next: ({ data }) => {
              retries = 0;
              if (data) next(data);
            },
            error: () => resolve(),
            complete: () => resolve(),
          },
        );
        signal.addEventListener('abort', () => resolve(), { once: true });
      });
      if (!signal.aborted) await delay(retryDelay(retries), undefined, { signal }).catch(() => undefined);
    }
  }

  async close(): Promise<void> {
    this.#closed.abort();
    // Rejects with the last close event when the API is away: there is no connection then, which is all that is wanted here.
    await Promise.resolve(this.#client.dispose()).catch(() => undefined);
  }
}

function closeReason(event: unknown): string {
  if (event instanceof Error) return event.message;
  if (typeof event === 'object' && event !== null && 'code' in event) {
    const reason = 'reason' in event && typeof event.reason === 'string' ? event.reason : '';
    return reason === '' ? `closed with code ${event.code}` : `${reason} (code ${event.code})`;
  }
  return 'connection lost';
}
