import type http from 'node:http';
import type { Duplex } from 'node:stream';
import type { GraphQLError, GraphQLFormattedError, GraphQLSchema } from 'graphql';
import { GraphQLError as Failure } from 'graphql';
import { handleProtocols, makeServer, type Server, type Context as SocketContext } from 'graphql-ws';
import type { Logger } from 'pino';
import { type WebSocket, WebSocketServer } from 'ws';
import type { Caller } from '../access/caller.ts';
import { hostAllowed, originAllowed, type Reach } from '../access/origin.ts';
import { Revocations } from '../access/revocations.ts';
import type { Services } from '../context.ts';
import { ApiError } from '../errors.ts';
import { maxAnswer, tooLong } from '../limits/answer.ts';
import type { Gate } from '../limits/gate.ts';
import { Holdings } from '../limits/holdings.ts';
import { maskError } from './mask.ts';
import { asGraphqlError, type Payload, type Prepared, SocketOperations } from './socket-operations.ts';
import { withoutSentRows } from './unsent-rows.ts';

const path = '/graphql';

/** Most sockets of all clients together, and subscriptions of one of them. A page has a handful. */
const mostSockets = 2000;
const mostSubscriptions = 100;

/** Largest message of a client: an operation with its variables. */
const maxMessage = 256 * 1024;

/** Bytes that may wait to be read by a client before it counts as one that does not read. */
const maxUnread = 4_000_000;

/** How long a client may read nothing of what is sent. Nobody else waits for it. */
const patienceMs = 10_000;

/** What a client that is dropped hears, if it comes to read what was sent before in this time; then its connection is cut. */
const notRead = 'What was sent is not read.';
const lastWordMs = 5000;

/** Between two looks at whether those who were let in still would be. */
const revocationsMs = 1000;

/** Between two pings; who has not answered one by the next is gone. */
const pingMs = 12_000;

/** Close codes of ours; 4403 is graphql-ws's "Forbidden". */
const closing = { goingAway: 1001, internal: 1011, tooSlow: 1013, forbidden: 4403 } as const;

/** Characters of a socket's first message, which is kept as long as it is open: a token, if anything. */
const maxParams = 4000;

/**
 * What the open subscriptions of one client keep in memory: characters of what they ask, and the cost of what was last answered, which is
 * there once for all that share it; some 100 bytes each.
 */
const mostHeld = 1_000_000;

/** A subscription or question of a socket: by its payload, for the same id may be given again before an earlier one has ended. */
type Open = { stream?: AsyncIterator<unknown>; caller?: Caller; release(): void };

/**
 * Said to who asked for it (`extensions: { sayWhenListening: true }` of the subscription): from now on it hears of every change. A ping, which
 * may hold anything and which every client understands.
 */
const listening = (id: string) => JSON.stringify({ type: 'ping', payload: { listening: id } });

type Extra = { socket: WebSocket; request: http.IncomingMessage; open: Map<unknown, Open>; closed: boolean };
const tooManySubscriptions = new ApiError('TOO_COMPLEX', `One connection may have ${mostSubscriptions} subscriptions at a time.`);

type Asks = SocketContext<Record<string, unknown>, Extra>;

/** GraphQL over WebSockets (graphql-transport-ws): subscriptions and queries, with the same rights, limits and errors as over HTTP. */
export function serveWebSockets(
  server: http.Server,
  schema: GraphQLSchema,
  services: Services,
  gate: Gate,
  reach: Reach,
): { close(): Promise<void> } {
  const { log, db } = services;
  const sockets = new WebSocketServer({ noServer: true, maxPayload: maxMessage, handleProtocols });
  const operations = new SocketOperations(schema, services, gate, reach);
  const revocations = new Revocations(db);
  const held = new Holdings(mostHeld);
  const holding = ({ client, question, shared, admission: { cost, leave } }: Prepared) => {
    try {
      return shared ? held.take(client, question.length, { name: shared.question, size: cost }) : held.take(client, question.length + cost);
    } catch (error) {
      leave();
      throw error;
    }
  };
  const mask = (errors: readonly (GraphQLError | GraphQLFormattedError)[]) =>
    errors.map((error) => maskError(error instanceof Failure ? error.toJSON() : error, error, log));

  server.on('upgrade', (request: http.IncomingMessage, socket: Duplex, head: Buffer) => {
    // A client that is gone before it was answered: without a listener its reset would end this process.
    socket.on('error', () => socket.destroy());
    const refusal = sockets.clients.size >= mostSockets ? '503 Service Unavailable' : refuse(request, reach);
    if (refusal) return void socket.end(`HTTP/1.1 ${refusal}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
    sockets.handleUpgrade(request, socket, head, (opened) => sockets.emit('connection', opened, request));
  });

  const protocol = makeServer<Record<string, unknown>, Extra>({
    onSubscribe: async (context, _id, payload) => {
      const { request, open } = context.extra;
      if (open.size >= mostSubscriptions) return [tooManySubscriptions];
      const one: Open = { release: () => {} };
      open.set(payload, one);
      try {
        const prepared = await operations.prepare({ request, authorization: authorizationOf(context) }, payload as Payload);
        one.caller = prepared.contextValue.caller;
        one.release = holding(prepared);
        return prepared;
      } catch (error) {
        open.delete(payload);
        return [asGraphqlError(error)];
      }
    },
    onConnect: ({ connectionParams = {} }) => JSON.stringify(connectionParams).length <= maxParams,
    onOperation: ({ extra }, id, payload, _args, result) => {
      const one = extra.open.get(payload);
      if (!one || !(Symbol.asyncIterator in result)) return;
      const stream = result as AsyncIterableIterator<unknown>;
      one.stream = stream;
      if (extra.closed) void stream.return?.();
      else if (payload.extensions?.sayWhenListening === true) extra.socket.send(listening(id));
    },
    execute: (args) => operations.execute(args as Prepared),
    subscribe: async (args) => withoutSentRows(await operations.subscribe(args as Prepared), args) as never,
    onNext: async ({ extra: { socket } }, _id, _payload, args, result) => {
      const { caller } = (args as Prepared).contextValue;
      const revoked = await revocations.isRevoked(caller);
      if (revoked) {
        socket.close(closing.forbidden, revoked);
        throw new ApiError('UNAUTHENTICATED', revoked);
      }
      return result.errors ? { ...result, errors: mask(result.errors) } : undefined;
    },
    onError: (_context, _id, _payload, errors) => mask(errors),
    onComplete: ({ extra: { open } }, _id, payload) => {
      open.get(payload)?.release();
      open.delete(payload);
    },
  });
  const served = new Set<Extra>();
  sockets.on('connection', (socket, request) => {
    const extra: Extra = { socket, request, open: new Map(), closed: false };
    served.add(extra);
    socket.once('close', () => served.delete(extra));
    serve(protocol, extra, log);
  });
  // Also where nothing happens that they would be told of.
  const looking = setInterval(() => void endRevoked(served, revocations), revocationsMs).unref();
  return {
    close: async () => {
      clearInterval(looking);
      for (const client of sockets.clients) client.close(closing.goingAway, 'Going away');
      await new Promise<void>((resolve, reject) => sockets.close((error) => (error ? reject(error) : resolve())));
    },
  };
}

/** Closes the sockets of those who would no longer be let in. */
async function endRevoked(served: ReadonlySet<Extra>, revocations: Revocations): Promise<void> {
  const look = async ({ socket, open }: Extra) => {
    const callers = [...open.values()].flatMap(({ caller }) => caller ?? []);
    const reason = (await Promise.all(callers.map((caller) => revocations.isRevoked(caller)))).find((revoked) => revoked !== undefined);
    if (reason) socket.close(closing.forbidden, reason);
  };
  await Promise.all([...served].map(look));
}

/** Speaks the protocol over one socket until it is closed. */
function serve(protocol: Server<Extra>, extra: Extra, log: Logger): void {
  const { socket } = extra;
  const onError = (error: unknown) => log.debug({ err: error }, 'A socket failed.');
  let answered = true;
  let cut: NodeJS.Timeout | undefined;
  const drop = (reason: string) => {
    if (cut) return;
    log.info({ reason, unread: socket.bufferedAmount, subscriptions: extra.open.size }, 'A viewer was dropped.');
    // Its subscriptions end now: nothing more is made for it.
    endStreams(extra);
    // The reason waits behind what is not read.
    socket.close(closing.tooSlow, reason);
    cut = setTimeout(() => socket.terminate(), lastWordMs);
  };
  const ping = setInterval(() => {
    if (!answered) return drop('A ping was not answered.');
    answered = false;
    socket.ping();
  }, pingMs);
  socket.on('pong', () => {
    answered = true;
  });
  socket.on('error', onError);
  const closed = protocol.opened(
    {
      protocol: socket.protocol,
      send: (message) => send(socket, message, drop),
      close: (code, reason) => socket.close(code, reason),
      onMessage: (handle) =>
        socket.on('message', (data) => {
          handle(String(data)).catch((error) => {
            onError(error);
            socket.close(closing.internal, 'Internal server error');
          });
        }),
    },
    extra,
  );
  socket.once('close', (code, reason) => {
    clearInterval(ping);
    clearTimeout(cut);
    void closed(code, String(reason));
    endStreams(extra);
  });
}

function endStreams(extra: Extra): void {
  extra.closed = true;
  // The protocol knows the last one of an id alone.
  for (const { stream } of extra.open.values()) void stream?.return?.();
}

/** Resolves once the message is on its way: the next value of a subscription is made only then. */
async function send(socket: WebSocket, message: string, drop: (reason: string) => void): Promise<void> {
  if (socket.readyState !== socket.OPEN) return;
  if (socket.bufferedAmount > maxUnread) return drop(notRead);
  let unread = Number.POSITIVE_INFINITY;
  const late = setInterval(() => {
    if (socket.bufferedAmount >= unread) drop(notRead);
    unread = socket.bufferedAmount;
  }, patienceMs / 2);
  await new Promise<void>((resolve) => socket.send(message.length > maxAnswer ? tooLongMessage(message) : message, () => resolve()));
  clearInterval(late);
}

/** In the place of a value that is too long: the subscription's end, with the reason. */
function tooLongMessage(message: string): string {
  const { id } = JSON.parse(message) as { id?: string };
  return JSON.stringify({ id, type: 'next', payload: { errors: [tooLong(message.length)] } });
}

function authorizationOf({ connectionParams, extra }: Asks): string | undefined {
  const given = connectionParams?.authorization ?? connectionParams?.Authorization;
  return typeof given === 'string' ? given : extra.request.headers.authorization;
}

function refuse({ url = '', headers: { host, origin } }: http.IncomingMessage, reach: Reach): string | undefined {
  if (url.split('?', 1)[0] !== path) return '404 Not Found';
  return hostAllowed(host, reach) && originAllowed(origin, host, reach) ? undefined : '403 Forbidden';
}
