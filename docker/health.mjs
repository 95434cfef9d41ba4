// `node docker/health.mjs api|web`: 0 if the server in this container says that it is well. Images have no curl.

import { inUrl, reachable, readHost, readPort } from '../start/machine/environment.mjs';
import { request } from '../start/request.mjs';

const { env } = process;
const ports = { api: () => readPort(env, 'API_PORT', 4000), web: () => readPort(env, 'WEB_PORT', 3000) };
const hosts = { api: () => readHost(env, 'API_HOST'), web: () => readHost(env, 'WEB_HOST') };
const name = process.argv[2] ?? '';

try {
  const address = `http://${inUrl(reachable(hosts[name]()))}:${ports[name]()}/healthz`;
  const { status, text } = await request(address, { signal: AbortSignal.timeout(4000) });
  console.log(`${status} ${text}`);
  process.exit(status === 200 ? 0 : 1);
} catch (error) {
  console.log(error.message);
  process.exit(1);
}
