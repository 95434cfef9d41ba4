import { type Client, createClient } from 'graphql-ws';
import { basePath } from '../base-path.ts';
import type { Sink } from './keep-open.ts';
import { retryPause } from './retry-pause.ts';

type Listener = { lost(): void; back(): void };

/** How long the API may leave a ping unanswered, and how long one may take to come back to life, in milliseconds. */
const patience = { pong: 5000, wake: 2500, connecting: 10_000 };

let client: Client | undefined;
let open: WebSocket | null = null;
let deadline: ReturnType<typeof setTimeout> | undefined;
let tryNow: () => void = () => {};
const listeners = new Set<Listener>();

/** Operations are numbered. */
let last = 0;
/** Who wants to know that the API listens for their operation, by its number. */
const following = new Map<string, Pick<Sink<never>, 'listening'>>();

/**
 * Subscribes over the browser's one WebSocket to the API, which is opened by the first subscription and comes back by itself after an
 * outage: the subscription is then sent again, and the sink told again once the API listens.
 *
 * @param variables asked each time it is sent.
 * @returns how to end it.
 */
export function follow<Data>(query: string, variables: () => Record<string, unknown>, sink: Sink<Data>): () => void {
  client ??= connect();
  const payload = {
    query,
    extensions: { sayWhenListening: true },
    // graphql-ws sends this same payload again when its socket has come back.
    get variables() {
      return variables();
    },
  };
  const end = client.subscribe<Data>(payload, sink);
  const id = `${last}`;
  following.set(id, sink);
  return () => {
    following.delete(id);
    end();
  };
}

/** Hears when the socket is lost and when it is back. Returns how to stop. */
export function onSocket(listener: Listener): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function connect(): Client {
  const created = createClient({
    url: `${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}${basePath}/graphql`,
    generateID: () => `${++last}`,
    // Pages follow each other without a new socket for each.
    lazyCloseTimeout: 5000,
    keepAlive: 10_000,
    connectionAckWaitTimeout: patience.connecting,
    retryAttempts: Number.POSITIVE_INFINITY,
    shouldRetry: () => true,
    retryWait: (retries) =>
      new Promise((resolve) => {
        tryNow = resolve;
        setTimeout(resolve, retryPause(retries));
      }),
    on: {
      connecting: () => expectWithin(patience.connecting),
      connected: (socket) => {
        clearTimeout(deadline);
        open = socket as WebSocket;
        for (const { back } of [...listeners]) back();
      },
      ping: (received, payload) => {
        if (!received) expectWithin(patience.pong);
        else if (typeof payload?.listening === 'string') following.get(payload.listening)?.listening();
      },
      pong: (received) => received && clearTimeout(deadline),
      closed: () => {
        clearTimeout(deadline);
        open = null;
        for (const { lost } of [...listeners]) lost();
      },
    },
  });
  // A machine that slept, or changed its network, is told nothing of the sockets it lost.
  for (const event of ['visibilitychange', 'online', 'pageshow', 'focus'])
    (event === 'visibilitychange' ? document : window).addEventListener(event, () => document.visibilityState === 'visible' && wake());
  return created;
}

/** Looks whether the socket still lives, or tries at once for another. */
function wake(): void {
  if (open?.readyState === WebSocket.OPEN) {
    open.send('{"type":"ping"}');
    expectWithin(patience.wake);
  } else tryNow();
}

/** Ends a socket that stays silent for so long; the client then tries for another. */
function expectWithin(ms: number): void {
  clearTimeout(deadline);
  deadline = setTimeout(() => client?.terminate(), ms);
}
