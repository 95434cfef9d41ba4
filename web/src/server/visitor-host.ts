import { isServed } from '../../../start/machine/visitor.mjs';
import { type Environment, reachOf } from './environment.ts';

/**
 * Why a request's Host header is refused, or null if it may pass. On loopback everybody may read, so a page elsewhere whose name was
 * pointed at 127.0.0.1 (DNS rebinding) must not be able to.
 */
export function refuseHost(host = '', environment: Pick<Environment, 'isPublic' | 'publicHosts'>): string | null {
  if (isServed(host, reachOf(environment))) return null;
  const name = host.toLowerCase().replace(/:\d+$/, '');
  return `Studyhall does not answer to the host name "${name.slice(0, 80)}". Name it in PUBLIC_HOSTS, or use http://localhost.`;
}
