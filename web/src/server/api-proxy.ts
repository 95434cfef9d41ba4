import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { createProxyServer } from 'httpxy';
import type { Environment } from './environment.ts';

const proxied = /^\/(graphql|artifacts)(\/|\?|$)/;

/** Whether a path belongs to the API rather than to a page. */
export function belongsToApi(url: string | undefined): boolean {
  return proxied.test(url ?? '');
}

/** Forwards GraphQL (HTTP and WebSocket) and artifacts to the API, headers as they came, marked: one browser origin. */
export function createApiProxy(environment: Environment) {
  const proxy = createProxyServer({ target: environment.apiUrl, ws: true, changeOrigin: false });

  return {
    async web(request: IncomingMessage, response: ServerResponse): Promise<void> {
      try {
        await proxy.web(request, response);
      } catch {
        if (response.headersSent) response.destroy();
        else
          response
            .writeHead(502, { 'content-type': 'application/json' })
            .end(JSON.stringify({ errors: [{ message: unreachable(environment) }] }));
      }
    },
    async upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): Promise<void> {
      try {
        await proxy.ws(request, socket as Parameters<typeof proxy.ws>[1], {}, head);
      } catch {
        socket.destroy();
      }
    },
  };
}

function unreachable(environment: Environment): string {
  return `The API at ${environment.apiUrl} does not answer. Is it running?`;
}
