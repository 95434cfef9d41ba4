// @ts-check
// Who asks, and by what name: the web server and the API judge it alike, for either may be the one that is asked.
import net from 'node:net';

/**
 * Who can reach a server: whether it is bound to loopback alone, and the names that browsers may ask for besides loopback's.
 *
 * @typedef {{ onLoopback: boolean, publicHosts: readonly string[] }} Reach
 * @typedef {Pick<import('node:http').IncomingMessage, 'headers' | 'httpVersion'>} Request
 */

/** Our own web server says by this header, to the API, that it was asked from beyond this machine; absent: that it was not. */
export const webHeader = 'x-studyhall-web';

/** What proxies add. nginx adds none of them unless told to, but up to 1.28 speaks HTTP/1.0, which no browser does. */
const forwarding = /^(forwarded|x-forwarded-.*|x-real-ip|x-client-ip|x-original-.*|true-client-ip|cf-.*|via)$/;

/**
 * Whether that is an address or name that only this machine can reach.
 *
 * @param {string} name without brackets
 */
export const isLoopbackName = (name) => /^((.+\.)?localhost|127(\.\d{1,3}){3}|::1)$/.test(name);

/**
 * Whether a Host header may be answered: loopback, a plain address, or a host named in PUBLIC_HOSTS. A foreign name that resolves to
 * this machine (DNS rebinding) is none of these. Bound to more than loopback, and without names, any name will do: nothing is open there.
 *
 * @param {string} host
 * @param {Reach} reach
 */
export function isServed(host, { onLoopback, publicHosts }) {
  const { name, full } = split(host);
  if (isLoopbackName(name) || net.isIP(name) > 0 || publicHosts.includes(name) || publicHosts.includes(full)) return true;
  return !onLoopback && publicHosts.length === 0;
}

/**
 * Whether a request comes straight from this machine, to a server that nobody else is meant to reach. Where it is bound proves nothing once
 * a host is named publicly or a proxy passes others' requests on.
 *
 * @param {Request} request
 * @param {Reach} reach
 */
export function isLocal({ headers, httpVersion }, { onLoopback, publicHosts }) {
  if (!onLoopback || publicHosts.length > 0 || httpVersion === '1.0') return false;
  if (Object.keys(headers).some((name) => forwarding.test(name)) || isPassedOn(headers)) return false;
  return isLoopbackName(split(headers.host ?? '').name);
}

/**
 * Whether a proxy's connection stands in for a browser's: what a browser says of its own, keep-alive or an upgrade, no proxy passes on. nginx
 * says nothing from 1.30 on, or, set up for WebSockets as people do, that each request is an upgrade.
 *
 * @param {Request['headers']} headers
 */
function isPassedOn({ connection = '', upgrade, 'user-agent': agent = '' }) {
  if (/\bupgrade\b/i.test(connection)) return upgrade === undefined;
  return /^Mozilla\//.test(agent) && !/\bkeep-alive\b/i.test(connection);
}

/**
 * The host's name without its port, an address without its brackets, and all of it; in lower case.
 *
 * @param {string} host
 */
function split(host) {
  const full = host.toLowerCase();
  const bracketed = /^\[([^\]]+)\](:\d+)?$/.exec(full);
  return { name: bracketed?.[1] ?? full.replace(/:\d+$/, ''), full };
}
