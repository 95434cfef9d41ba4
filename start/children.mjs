import { missingFolders } from './machine/folders.mjs';
import { undebugged } from './machine/node-options.mjs';
import { starterVariable } from './machine/signals.mjs';
import { data, home } from './place.mjs';

/** This machine is reached without a proxy, also by a Node that takes proxies from the environment (from 24 on, if told to). */
const ownAddresses = ['127.0.0.1', 'localhost', '::1'];

/** The environment of a service: ours, but for what is meant for this process or cannot be used. */
export function environmentFor(own) {
  const env = undebugged(process.env);
  const noProxy = [env.NO_PROXY || env.no_proxy, ...ownAddresses].filter(Boolean).join(',');
  return {
    ...env,
    NO_PROXY: noProxy,
    no_proxy: noProxy,
    ...missingFolders(env, home),
    ...own,
    STUDYHALL_HOME: home,
    STUDYHALL_DATA: data,
    [starterVariable]: String(process.pid),
  };
}
