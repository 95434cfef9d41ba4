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

/** The pages' server says by this header, to the API, whence it was asked. */
export const addressHeader = 'x-studyhall-address';

/** Addresses of this machine and of private networks: there stands a proxy before a server, or the pages' server before the API. */
const nearby = new net.BlockList();
for (const [network, bits] of /** @type {const} */ ([
  ['127.0.0.0', 8],
  ['10.0.0.0', 8],
  ['172.16.0.0', 12],
  ['192.168.0.0', 16],
  ['100.64.0.0', 10],
  ['169.254.0.0', 16],
]))
  nearby.addSubnet(network, bits, 'ipv4');
for (const [network, bits] of /** @type {const} */ ([
  ['::1', 128],
  ['fc00::', 7],
  ['fe80::', 10],
]))
  nearby.addSubnet(network, bits, 'ipv6');

/**
 * Whence a request comes: the address at the other end, or the one that whoever stands near before us names. What is claimed from afar is
 * not believed. Of a proxy's list the last counts, which it has seen itself.
 *
 * @param {string | undefined} peer the address at the other end of the connection
 * @param {Request['headers']} headers
 * @param {readonly string[]} named headers that may name it, the first one that does
 */
export function addressOf(peer, headers, named = ['x-forwarded-for']) {
  const own = plainAddress(peer ?? '') ?? 'unknown';
  if (own !== 'unknown' && !nearby.check(own, net.isIPv6(own) ? 'ipv6' : 'ipv4')) return own;
  for (const name of named) {
    const last = plainAddress(
      String(headers[name] ?? '')
        .split(',')
        .at(-1) ?? '',
    );
    if (last) return last;
  }
  return own;
}

/**
 * An address as it is written without a port, brackets, a zone, or IPv4 within IPv6; undefined for what is none.
 *
 * @param {string} text
 */
function plainAddress(text) {
  const bare = text.trim().toLowerCase();
  const unwrapped = /^\[([^\]]+)\](?::\d+)?$/.exec(bare)?.[1] ?? (bare.includes('.') ? bare.replace(/^([\d.]+):\d+$/, '$1') : bare);
  const address = unwrapped.replace(/%.*$/, '').replace(/^::ffff:(\d+(\.\d+){3})$/, '$1');
  return net.isIP(address) > 0 ? address : undefined;
}

/**
 * What one subscriber has of addresses: one of IPv4, all of a /64 of IPv6, written in full.
 *
 * @param {string} address
 */
export function networkOf(address) {
  if (!net.isIPv6(address)) return address;
  const [head = '', tail] = address.split('::');
  const groups = (/** @type {string} */ part) => (part === '' ? [] : part.split(':'));
  const [first, last] = [groups(head), groups(tail ?? '')];
  const all = tail === undefined ? first : [...first, ...Array(Math.max(0, 8 - first.length - last.length)).fill('0'), ...last];
  return [...all.slice(0, 4).map((group) => group.padStart(4, '0')), '0000', '0000', '0000', '0000'].join(':');
}

/**
 * Whether a page of that origin may talk to us: one from the very host and port that it asks, or from a host named in PUBLIC_HOSTS (a
 * name without a port means the usual ports). Another port of this machine is another program's, and its pages may be anybody's.
 *
 * @param {string | undefined} origin
 * @param {string | undefined} host
 * @param {Pick<Reach, 'publicHosts'>} reach
 */
export function originAllowed(origin, host, { publicHosts }) {
  if (origin === undefined) return true;
  const url = tryParse(origin);
  if (!url || !/^https?:$/.test(url.protocol)) return false;
  if (publicHosts.includes(url.host)) return true;
  return host !== undefined && url.host === tryParse(`${url.protocol}//${host}`)?.host;
}

/** @param {string} text */
function tryParse(text) {
  try {
    return new URL(text);
  } catch {
    return null;
  }
}
