// Where the pages are found: by who sits at this machine, and by others.
import { inUrl, reachable, readHosts, readText } from './machine/environment.mjs';
import { isLoopbackName } from './machine/visitor.mjs';

/**
 * The address at which the pages' server itself answers, by the first name that others may use where it listens to them.
 *
 * @param {Readonly<Record<string, string | undefined>>} env
 * @param {{ host: string, port: number, basePath: string }} web
 */
export function ownAddress(env, { host, port, basePath }) {
  const name = host === '127.0.0.1' ? 'localhost' : (publicHost(env) ?? inUrl(reachable(host)));
  return `http://${hasPort(name) ? name : `${name}:${port}`}${basePath}`;
}

/**
 * What people type to come here, who may sit elsewhere. A server that only this machine reaches, and that has a name for others, stands behind
 * a proxy with TLS.
 *
 * @param {Readonly<Record<string, string | undefined>>} env
 * @param {{ host: string, port: number, basePath: string }} web
 */
export function publicAddress(env, web) {
  const name = isLoopbackName(web.host) ? publicHost(env) : undefined;
  return readText(env, 'PUBLIC_URL') ?? (name ? `https://${name}${web.basePath}` : ownAddress(env, web));
}

const hasPort = (host) => /:\d+$/.test(host);

/** The first name that is not this machine's own, as browsers write it. */
const publicHost = (env) =>
  readHosts(env, 'PUBLIC_HOSTS').find((host) => !isLoopbackName(host.replace(/:\d+$/, '').replace(/^\[(.*)\]$/, '$1')));
