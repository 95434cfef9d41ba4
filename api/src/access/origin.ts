import { isServed, type Reach } from '../../../start/machine/visitor.mjs';

export type { Reach };

/** Whether a request that names this host may be answered. */
export const hostAllowed = (host: string | undefined, reach: Reach): boolean => !!host && isServed(host, reach);

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

function tryParse(text: string): URL | null {
  try {
    return new URL(text);
  } catch {
    return null;
  }
}
