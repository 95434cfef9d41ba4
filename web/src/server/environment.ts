import { createHash } from 'node:crypto';
import { readBasePath } from './base-path.ts';

/** What the web server is told by its environment. */
export type Environment = {
  port: number;
  host: string;
  apiUrl: string;
  dev: boolean;
  /** Bound to more than this machine: readers need a key as well. */
  isPublic: boolean;
  /** Names other than loopback that a browser may ask for. */
  publicHosts: string[];
  /** Where it lies on its host: `/studyhall`, or empty for all of it. */
  basePath: string;
  /** Tells this Studyhall from others on the same host and port. */
  instance: string;
};

const loopback = /^(localhost|127(\.\d+){3}|::1|\[::1\])$/;

/** Whether a host name or address can only mean this machine. */
export function isLoopback(host: string): boolean {
  return loopback.test(host);
}

/** @throws naming the variable, its value and what is allowed. */
export function readEnvironment(env: Record<string, string | undefined>): Environment {
  const port = Number(env.WEB_PORT ?? 3000);
  if (!Number.isInteger(port) || port < 0 || port > 65535)
    throw new Error(`WEB_PORT is ${env.WEB_PORT}; it must be a port from 0 to 65535.`);
  const host = env.WEB_HOST ?? '127.0.0.1';
  const apiUrl = env.API_URL ?? 'http://127.0.0.1:4000';
  if (!URL.canParse(apiUrl)) throw new Error(`API_URL is ${apiUrl}; it must be the API's address, such as http://127.0.0.1:4000.`);
  return {
    port,
    host,
    apiUrl: apiUrl.replace(/\/+$/, ''),
    dev: env.NODE_ENV === 'development',
    isPublic: !isLoopback(host),
    publicHosts: (env.PUBLIC_HOSTS ?? '')
      .split(',')
      .map((name) => name.trim().toLowerCase())
      .filter(Boolean),
    basePath: readBasePath(env),
    instance: createHash('sha256')
      .update(env.STUDYHALL_INSTANCE || apiUrl)
      .digest('hex')
      .slice(0, 8),
  };
}
