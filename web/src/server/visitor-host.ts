import { type Environment, isLoopback } from './environment.ts';

/**
 * Why a request's Host header is refused, or null if it may pass. On loopback everybody may read, so a page elsewhere whose name was
 * pointed at 127.0.0.1 (DNS rebinding) must not be able to: only loopback names and PUBLIC_HOSTS are served.
 */
export function refuseHost(host: string | undefined, environment: Pick<Environment, 'isPublic' | 'publicHosts'>): string | null {
  const name = (host ?? '').toLowerCase().replace(/:\d+$/, '');
  if (isLoopback(name) || environment.publicHosts.includes(name)) return null;
  if (environment.isPublic && environment.publicHosts.length === 0) return null;
  return `Studyhall does not answer to the host name "${name}". Name it in PUBLIC_HOSTS, or use http://localhost.`;
}
