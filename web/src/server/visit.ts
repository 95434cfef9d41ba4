import type { IncomingMessage } from 'node:http';
import { type Environment, isLoopback } from './environment.ts';

/** Says to the API that this request comes from beyond this machine, or may: reading needs a key then. */
export const publicHeader = 'x-studyhall-web';

/** What proxies add. nginx adds none of them unless told to, but up to 1.28 speaks HTTP/1.0, which no browser does. */
const forwarding = /^(forwarded|x-forwarded-.*|x-real-ip|x-client-ip|x-original-.*|true-client-ip|cf-.*|via)$/;

/** Marks a request for all that answers it, here and in the API; what the visitor claims of it is not believed. */
export function mark(request: Pick<IncomingMessage, 'headers' | 'httpVersion'>, environment: Environment): void {
  delete request.headers[publicHeader];
  if (comesFromAfar(request, environment)) request.headers[publicHeader] = 'public';
}

/**
 * Whether a request may come from beyond this machine. Where this server is bound proves nothing once a host is named publicly or a
 * proxy passes others' requests on.
 */
function comesFromAfar({ headers, httpVersion }: Pick<IncomingMessage, 'headers' | 'httpVersion'>, environment: Environment): boolean {
  if (environment.isPublic || environment.publicHosts.length > 0 || httpVersion === '1.0') return true;
  if (Object.keys(headers).some((name) => forwarding.test(name)) || isPassedOn(headers)) return true;
  return !isLoopback((headers.host ?? '').toLowerCase().replace(/:\d+$/, ''));
}

/**
 * Whether a proxy's connection stands in for a browser's: what a browser says of its own, keep-alive or an upgrade, no proxy passes on. nginx
 * says nothing from 1.30 on, or, set up for WebSockets as people do, that each request is an upgrade.
 */
function isPassedOn(headers: IncomingMessage['headers']): boolean {
  const { connection = '', upgrade } = headers;
  if (/\bupgrade\b/i.test(connection)) return upgrade === undefined;
  return /^Mozilla\//.test(headers['user-agent'] ?? '') && !/\bkeep-alive\b/i.test(connection);
}
