import http, { type IncomingMessage, type ServerResponse } from 'node:http';
import https from 'node:https';
import type { Duplex } from 'node:stream';
import { createProxyServer } from 'httpxy';
import { withoutBasePath } from './base-path.ts';
import type { Environment } from './environment.ts';
import { keyCookies } from './key-cookie.ts';
import { bareHeaders } from './security-headers.ts';

/** Connections to the API are let go of long before it would close them: a request on one that it just closed is lost. */
const idleMs = 2000;

const proxied = /^\/(?:(?:graphql|artifacts|exports)(?:\/|\?|$)|(?:autoscaling|metrics|ready)(?:\?|$))/;

/** Whether a path belongs to the API rather than to a page. */
export function belongsToApi(url: string | undefined): boolean {
  return proxied.test(url ?? '');
}

/** Forwards GraphQL (HTTP and WebSocket), artifacts, exports and what machines ask of a server to the API, keys and Host as they came, marked before: one browser origin. */
export function createApiProxy(environment: Environment) {
  const target = targetOf(environment.apiUrl);
  const { Agent } = target.protocol === 'https:' ? https : http;
  const agent = new Agent({ keepAlive: true, timeout: idleMs });
  const proxy = createProxyServer({ target, ws: true, changeOrigin: false, agent });

  const prepare = (request: IncomingMessage) => {
    request.url = withoutBasePath(request.url ?? '/', environment.basePath);
    const { headers } = request;
    const keys = keyCookies(headers.cookie);
    if (keys === undefined) delete headers.cookie;
    else headers.cookie = keys;
  };

  return {
    async web(request: IncomingMessage, response: ServerResponse): Promise<void> {
      prepare(request);
      try {
        await proxy.web(request, response);
      } catch {
        if (response.headersSent) response.destroy();
        else
          response
            .writeHead(502, { 'content-type': 'application/json', ...bareHeaders })
            .end(JSON.stringify({ errors: [{ message: unreachable(environment) }] }));
      }
    },
    async upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): Promise<void> {
      prepare(request);
      try {
        await proxy.ws(request, socket as Parameters<typeof proxy.ws>[1], {}, head);
      } catch {
        socket.destroy();
      }
    },
  };
}

/** An address in parts: a URL writes IPv6 in brackets, in which nobody looks a host up. */
function targetOf(apiUrl: string) {
  const { protocol, hostname, port, pathname } = new URL(apiUrl);
  return { protocol, hostname: hostname.replace(/^\[(.*)\]$/, '$1'), port, pathname: pathname === '/' ? '' : pathname };
}

function unreachable(environment: Environment): string {
  return `The API at ${environment.apiUrl} does not answer. Is it running?`;
}
