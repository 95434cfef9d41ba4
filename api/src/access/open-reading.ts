import type { IncomingMessage } from 'node:http';
import { isLoopbackName, type Reach, split } from './origin.ts';

/** Our own web server says by this header that it was asked from beyond this machine; absent: that it was not. */
export const webHeader = 'x-studyhall-web';

/** What proxies add. nginx adds none of them unless told to, but up to 1.28 speaks HTTP/1.0, which no browser does. */
const forwarding = /^(forwarded|x-forwarded-.*|x-real-ip|x-client-ip|x-original-.*|true-client-ip|cf-.*|via)$/;

/**
 * Whether a request may read without a key: only one that comes straight from this machine, to a server that nobody else is meant to
 * reach. Where it is bound proves nothing once a host is named publicly or a proxy passes others' requests on.
 */
export function readsOpenly({ headers, httpVersion }: Pick<IncomingMessage, 'headers' | 'httpVersion'>, reach: Reach): boolean {
  if (!reach.onLoopback || reach.publicHosts.length > 0) return false;
  if (headers[webHeader] !== undefined || httpVersion === '1.0') return false;
  if (Object.keys(headers).some((name) => forwarding.test(name)) || isPassedOn(headers)) return false;
  return isLoopbackName(split(headers.host ?? '').name);
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
