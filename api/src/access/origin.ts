import net from 'node:net';

/**
 * Whether a Host header may be answered: loopback, a plain address, or a host named in PUBLIC_HOSTS. A foreign name that resolves to
 * this machine (DNS rebinding) is none of these.
 */
export function hostAllowed(host: string | undefined, publicHosts: readonly string[]): boolean {
  if (!host) return false;
  const { name, full } = split(host);
  return (
    name === 'localhost' || name.endsWith('.localhost') || net.isIP(name) > 0 || publicHosts.includes(name) || publicHosts.includes(full)
  );
}

/** Whether a page of that origin may talk to us: one of this machine, of the host it was sent to, or of a host in PUBLIC_HOSTS. */
export function originAllowed(origin: string | undefined, host: string | undefined, publicHosts: readonly string[]): boolean {
  if (origin === undefined) return true;
  const url = tryParse(origin);
  if (!url || !/^https?:$/.test(url.protocol)) return false;
  const { name, full } = split(url.host);
  if (publicHosts.includes(name) || publicHosts.includes(full)) return true;
  return isLoopbackName(name) || (host !== undefined && url.host.toLowerCase() === host.toLowerCase());
}

/** Whether that is an address or name that only this machine can reach. */
export function isLoopbackName(name: string): boolean {
  return name === 'localhost' || name.endsWith('.localhost') || name === '::1' || /^127\.\d+\.\d+\.\d+$/.test(name);
}

function split(host: string): { name: string; full: string } {
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
