import type http from 'node:http';
import type { Duplex } from 'node:stream';
import { GraphQLError, type GraphQLFormattedError, type GraphQLSchema, getOperationAST, parse, validate } from 'graphql';
import { useServer } from 'graphql-ws/use/ws';
import { WebSocketServer } from 'ws';
import { hostAllowed, originAllowed } from '../access/origin.ts';
import { findViewer } from '../access/viewer.ts';
import { createContext, type Services } from '../context.ts';
import { badInput } from '../errors.ts';
import { checkCost } from '../limits/cost.ts';
import { maskError } from './mask.ts';

const path = '/graphql';

/** GraphQL over WebSockets (graphql-transport-ws): subscriptions, and all else, with the same rights, limits and errors as over HTTP. */
export function serveWebSockets(
  server: http.Server,
  schema: GraphQLSchema,
  services: Services,
  onLoopback: boolean,
): { close(): Promise<void> } {
  const { db, log, settings } = services;
  const sockets = new WebSocketServer({ noServer: true, maxPayload: 8 * 1024 * 1024 });
  const mask = (errors: readonly (GraphQLError | GraphQLFormattedError)[]) =>
    errors.map((error) => maskError(error instanceof GraphQLError ? error.toJSON() : error, error, log));

  server.on('upgrade', (request: http.IncomingMessage, socket: Duplex, head: Buffer) => {
    // A client that is gone before it was answered: without a listener its reset would end this process.
    socket.on('error', () => socket.destroy());
    const { host, origin } = request.headers;
    const refusal = refuse(request.url ?? '', host, origin, settings.publicHosts);
    if (refusal) return void socket.end(`HTTP/1.1 ${refusal}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
    sockets.handleUpgrade(request, socket, head, (opened) => sockets.emit('connection', opened, request));
  });

  const disposable = useServer(
    {
      schema,
      context: async ({ connectionParams, extra }) => {
        const { headers } = extra.request;
        const given = connectionParams?.authorization ?? connectionParams?.Authorization;
        const authorization = typeof given === 'string' ? given : headers.authorization;
        const web = headers['x-studyhall-web'];
        const credentials = { authorization, cookie: headers.cookie, web: typeof web === 'string' ? web : undefined };
        return createContext(services, await findViewer(db, credentials, onLoopback));
      },
      onSubscribe: (_context, _id, { query, operationName, variables }) => checkOperation(schema, query, operationName, variables ?? {}),
      onNext: (_context, _id, _payload, _args, result) => (result.errors ? { ...result, errors: mask(result.errors) } : undefined),
      onError: (_context, _id, _payload, errors) => mask(errors),
    },
    sockets,
  );
  return {
    close: async () => {
      await disposable.dispose();
    },
  };
}

function refuse(url: string, host: string | undefined, origin: string | undefined, publicHosts: readonly string[]): string | undefined {
  if (url.split('?', 1)[0] !== path) return '404 Not Found';
  if (!hostAllowed(host, publicHosts) || !originAllowed(origin, host, publicHosts)) return '403 Forbidden';
  return undefined;
}

/** Errors of a document that must not be run. */
function checkOperation(
  schema: GraphQLSchema,
  query: string,
  operationName: string | null | undefined,
  variables: Record<string, unknown>,
): readonly GraphQLError[] | undefined {
  try {
    const document = parse(query, { maxTokens: 5000 });
    const errors = validate(schema, document);
    if (errors.length > 0)
      return errors.map((error) => new GraphQLError(error.message, { ...error, extensions: { code: 'GRAPHQL_VALIDATION_FAILED' } }));
    const operation = getOperationAST(document, operationName);
    if (!operation) return [badInput('There is no operation of that name in the document.')];
    checkCost(schema, document, operation, variables);
    return undefined;
  } catch (error) {
    if (error instanceof GraphQLError) return [error];
    throw error;
  }
}
