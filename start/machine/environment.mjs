// @ts-check
// How every room reads its settings: blanks around a value do not count, and empty means the default, as compose files leave it.
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';

/** @typedef {Readonly<Record<string, string | undefined>>} Environment */

/**
 * A variable's text without blanks around it; undefined where it is not set or empty.
 *
 * @param {Environment} env
 * @param {string} name
 * @returns {string | undefined}
 */
export function readText(env, name) {
  return env[name]?.trim() || undefined;
}

/**
 * Texts separated by commas, in lower case; empty ones are left out.
 *
 * @param {Environment} env
 * @param {string} name
 * @returns {string[]}
 */
export function readList(env, name) {
  const texts = (env[name] ?? '').split(',').map((text) => text.trim().toLowerCase());
  return texts.filter((text) => text !== '');
}

/**
 * Hosts separated by commas, each as browsers name it: a name (`bücher.example` by its ASCII form) or an address, perhaps with a port.
 *
 * @param {Environment} env
 * @param {string} name
 * @returns {string[]}
 * @throws {Error} naming the variable and what is no host: it would never be met.
 */
export function readHosts(env, name) {
  return readList(env, name).map((text) => {
    const url = `http://${inUrl(text)}`;
    if (/^[^\s/?#@*\\]+$/.test(text) && URL.canParse(url)) return new URL(url).host;
    throw new Error(
      `${name} names ${text}; it must be hosts as they stand in an address, such as lab.example or lab.example:3000, with commas between them.`,
    );
  });
}

/**
 * @param {Environment} env
 * @param {string} name
 * @param {number} fallback
 * @param {number} [least] 0 where any free port will do
 * @throws {Error} naming the variable, if that is no port.
 */
export function readPort(env, name, fallback, least = 1) {
  const text = readText(env, name) ?? String(fallback);
  const port = /^\d{1,5}$/.test(text) ? Number(text) : Number.NaN;
  if (!(port >= least && port <= 65_535)) throw new Error(`${name} is ${text}; it must be a port from ${least} to 65535.`);
  return port;
}

/**
 * @param {Environment} env
 * @param {string} name
 * @param {number} fallback
 * @param {number} least
 * @param {number} most
 * @throws {Error} naming the variable and its bounds.
 */
export function readNumber(env, name, fallback, least, most) {
  const text = readText(env, name);
  if (text === undefined) return fallback;
  const value = /^\d*\.?\d+$/.test(text) ? Number(text) : Number.NaN;
  if (value >= least && value <= most) return value;
  throw new Error(`${name} is ${text}; it must be a number from ${least} to ${most}.`);
}

/**
 * @param {Environment} env
 * @param {string} name
 * @param {string} fallback
 * @param {readonly string[]} allowed in lower case; as typed it may be in any
 * @throws {Error} naming the variable and what is allowed.
 */
export function readChoice(env, name, fallback, allowed) {
  const text = readText(env, name) ?? fallback;
  const choice = text.toLowerCase();
  if (!allowed.includes(choice)) throw new Error(`${name} is ${text}; it must be one of ${allowed.join(', ')}.`);
  return choice;
}

/**
 * The host to bind to: a name, or an address without brackets.
 *
 * @param {Environment} env
 * @param {string} name
 * @param {string} [fallback]
 * @throws {Error} naming the variable, if that is neither.
 */
export function readHost(env, name, fallback = '127.0.0.1') {
  const text = readText(env, name) ?? fallback;
  const host = text.replace(/^\[(.*)\]$/, '$1');
  if (net.isIP(host) > 0 || (host === text && /^[\p{L}\p{N}_]([\p{L}\p{N}_.-]*[\p{L}\p{N}_.])?$/u.test(host))) return host;
  throw new Error(`${name} is ${text}; it must be a host's name or address without a port, such as 127.0.0.1, 0.0.0.0 or ::1.`);
}

/**
 * An absolute folder. A relative one begins at `base`, wherever the process was started, and `~/` means the user's own folder.
 *
 * @param {Environment} env
 * @param {string} name
 * @param {string} fallback
 * @param {string} base
 */
export function readFolder(env, name, fallback, base) {
  const text = readText(env, name) ?? fallback;
  return path.resolve(base, /^~(\/|$)/.test(text) ? path.join(os.homedir() || os.userInfo().homedir, text.slice(1)) : text);
}

/**
 * A host as it stands in an address.
 *
 * @param {string} host
 */
export function inUrl(host) {
  return net.isIPv6(host) ? `[${host.replace('%', '%25')}]` : host;
}

/**
 * Where this machine itself reaches what is bound to that host: all addresses means its own, too.
 *
 * @param {string} host
 */
export function reachable(host) {
  const plain = URL.canParse(`http://${inUrl(host)}`) ? new URL(`http://${inUrl(host)}`).hostname : host;
  if (plain === '0.0.0.0') return '127.0.0.1';
  return plain === '[::]' ? '::1' : host;
}
