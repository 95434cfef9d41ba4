import { createHash } from 'node:crypto';
import { readHost, readHosts, readPort, readText } from '../../../start/machine/environment.mjs';
import { isLoopbackName, type Reach } from '../../../start/machine/visitor.mjs';
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

/** Who can reach this server. */
export function reachOf({ isPublic, publicHosts }: Pick<Environment, 'isPublic' | 'publicHosts'>): Reach {
  return { onLoopback: !isPublic, publicHosts };
}

/** @throws naming the variable, its value and what is allowed. */
export function readEnvironment(env: Record<string, string | undefined>): Environment {
  const host = readHost(env, 'WEB_HOST');
  const apiUrl = readText(env, 'API_URL') ?? 'http://127.0.0.1:4000';
  if (!URL.canParse(apiUrl) || !/^https?:/.test(apiUrl))
    throw new Error(`API_URL is ${apiUrl}; it must be the API's address, such as http://127.0.0.1:4000.`);
  return {
    port: readPort(env, 'WEB_PORT', 3000, 0),
    host,
    apiUrl: apiUrl.replace(/\/+$/, ''),
    dev: env.NODE_ENV === 'development',
    isPublic: !isLoopbackName(host),
    publicHosts: readHosts(env, 'PUBLIC_HOSTS'),
    basePath: readBasePath(env),
    instance: createHash('sha256')
      .update(env.STUDYHALL_INSTANCE || apiUrl)
      .digest('hex')
      .slice(0, 8),
  };
}
