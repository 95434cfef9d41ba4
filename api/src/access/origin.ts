import net from 'node:net';

/** Who can reach this server: whether it is bound to loopback alone, and the names that browsers may ask for besides loopback's. */
export type Reach = { onLoopback: boolean; publicHosts: readonly string[] };

/**
 * Whether a Host header may be answered: loopback, a plain address, or a host named in PUBLIC_HOSTS. A foreign name that resolves to
 * this machine (DNS rebinding) is none of these. Bound to more than loopback, and without names, any name will do: nothing is open there.
 */
export function hostAllowed(host: string | undefined, { onLoopback, publicHosts }: Reach): boolean {
  if (!host) return false;
  const { name, full } = split(host);
  if (isLoopbackName(name) || net.isIP(name) > 0 || publicHosts.includes(name) || publicHosts.includes(full)) return true;
  return !onLoopback && publicHosts.length === 0;
}

/**
 * Whether a page of that origin may talk to us: one from the very host and port that it asks, or from a host named in PUBLIC_HOSTS (a
 * name without a port means the usual ports). Another port of this machine is another program's, and its pages may be anybody's.
 */
export function originAllowed(origin: string | undefined, host: string | undefined, { publicHosts }: Reach): boolean {
  if (origin === undefined) return true;
  const url = tryParse(origin);
  if (!url || !/^https?:$/.test(url.protocol)) return false;
  if (publicHosts.includes(url.host)) return true;
  return host !== undefined && url.host === tryParse(`${url.protocol}//${host}`)?.host;
}

/** Whether that is an address or name that only this machine can reach. */
export function isLoopbackName(name: string): boolean {
  return name === 'localhost' || name.endsWith('.localhost') || name === '::1' || /^127(\.\d{1,3}){3}$/.test(name);
}

/** The host's name without its port, and all of it, in lower case. */
export function split(host: string): { name: string; full: string } {
  const full = host.toLowerCase();
  const bracketed = /^\[([^\]]+)\]/.exec(full);
  return { name: bracketed?.[1] ?? full.replace(/:\d+$/, ''), full };
}

function tryParse(text: string): URL | null {
  try {
    return new URL(text);
  } catch {
    return null;
  }
}
