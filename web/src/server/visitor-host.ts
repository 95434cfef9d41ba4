import net from 'node:net';
import { type Environment, isLoopback } from './environment.ts';

/**
 * Why a request's Host header is refused, or null if it may pass. On loopback everybody may read, so a page elsewhere whose name was
 * pointed at 127.0.0.1 (DNS rebinding) must not be able to: loopback names, plain addresses and PUBLIC_HOSTS are served, as by the API.
 */
export function refuseHost(host: string | undefined, environment: Pick<Environment, 'isPublic' | 'publicHosts'>): string | null {
  const full = (host ?? '').toLowerCase();
  const name = full.replace(/:\d+$/, '');
  if (isLoopback(name) || net.isIP(name.replace(/^\[|\]$/g, '')) > 0) return null;
  if (environment.publicHosts.includes(name) || environment.publicHosts.includes(full)) return null;
  if (environment.isPublic && environment.publicHosts.length === 0) return null;
  return `Studyhall does not answer to the host name "${name.slice(0, 80)}". Name it in PUBLIC_HOSTS, or use http://localhost.`;
}
