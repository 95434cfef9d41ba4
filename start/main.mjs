// `npm start`: from a fresh clone to a running Studyhall. Node's built-ins only, for nothing is installed yet when this runs.
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { basePath, ensureWebBuilt } from './build-web.mjs';
import { endCommands } from './command.mjs';
import { ensureGenerated } from './generate.mjs';
import { ensureInstalled } from './install.mjs';
import { instanceName } from './instance.mjs';
import { takeHome } from './lock.mjs';
import { home } from './place.mjs';
import { expectFree, readPort } from './ports.mjs';
import { scheduleQuickStart } from './quick-start.mjs';
import { endingOrder, Service, untilHealthy } from './service.mjs';

const dev = process.argv.includes('--dev');
const began = performance.now();
const ending = new AbortController();
const services = [];
let lock;

for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => void stop(0));
try {
  await start();
} catch (error) {
  if (!ending.signal.aborted) {
    console.error(`\n${error.message}`);
    await stop(1);
  }
}

async function start() {
  checkNode();
  const { WEB_HOST: webHost = '127.0.0.1', API_HOST: apiHost = '127.0.0.1' } = process.env;
  const [web, api] = [readPort('WEB_PORT', 3000), readPort('API_PORT', 4000)];
  const address = `http://${linkHost(webHost)}:${web}${basePath}`;
  const apiUrl = `http://${reachable(apiHost)}:${api}`;
  // First the folder, then the ports: on them may be what a killed starter left behind, or the Studyhall that runs here already.
  lock = await takeHome(address);
  await expectFree(web, webHost, 'WEB_PORT');
  await expectFree(api, apiHost, 'API_PORT');
  if (await ensureInstalled()) say('installed');
  if (await ensureGenerated()) say('generated');
  // The API and its Postgres come up, and the trainer makes its dataset, while the pages are built.
  const pages = dev ? Promise.resolve() : ensureWebBuilt().then((built) => built && say('pages built'));
  await Promise.all([
    startApi(apiUrl).then(() => startTrainer(apiUrl)),
    pages.then(() => startWeb(`http://${reachable(webHost)}:${web}`, apiUrl, web)),
  ]);
  const key = (await readFile(path.join(home, 'key'), 'utf8')).trim();
  console.log(`\nStudyhall is open:  ${address}/enter?key=${key}\n\nCtrl-C stops it; what it knows stays in ${home}.`);
  if (process.env.STUDYHALL_QUICK_START === '0') return;
  if (await scheduleQuickStart(apiUrl, key, ending.signal))
    console.log('Nine runs are scheduled, to begin with: the leaderboard fills as they end.');
}

function checkNode() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major < 20 || (major === 20 && minor < 19)) throw new Error(`Studyhall needs Node 20.19 or newer; this is ${process.version}.`);
}

/** What the link says: where others can come in, the first name they may use. */
function linkHost(webHost) {
  const [name] = (process.env.PUBLIC_HOSTS ?? '').split(',');
  if (webHost === '127.0.0.1') return 'localhost';
  return name?.trim() || reachable(webHost);
}

/** Where to reach a service that is bound to that host: to all addresses means to this machine's own, too. */
function reachable(host) {
  return host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host;
}

async function startApi(apiUrl) {
  await launch('api', [...(dev ? ['--watch'] : []), 'api/src/main.ts'], {}, `${apiUrl}/healthz`);
}

async function startTrainer(apiUrl) {
  await launch('trainer', ['trainer/src/main.ts', 'join'], { STUDYHALL_API_URL: apiUrl });
}

async function startWeb(ownUrl, apiUrl, port) {
  const env = {
    API_URL: apiUrl,
    WEB_PORT: String(port),
    NODE_ENV: dev ? 'development' : 'production',
    STUDYHALL_INSTANCE: await instanceName(),
  };
  await launch('web', ['web/server.ts'], env, `${ownUrl}/healthz`);
}

/** Starts a service and waits until it answers. */
async function launch(name, command, env, health) {
  ending.signal.throwIfAborted();
  const onChange = () => lock.note(Object.fromEntries(services.map(({ name, pid }) => [name, pid])));
  const onGiveUp = (reason) => {
    console.error(`\n${reason}`);
    void stop(1);
  };
  const service = new Service(name, command, env, { onChange, onGiveUp });
  services.push(service);
  service.start();
  if (health) await untilHealthy(health, ending.signal);
  say(`${name} up`);
}

/** Ends all services, one after the other. */
async function stop(code) {
  if (ending.signal.aborted) {
    for (const service of services) service.kill();
    process.exit(1);
  }
  ending.abort();
  endCommands();
  if (services.length > 0) console.log('\nStopping; the run under way is handed back with its checkpoint.');
  for (const name of endingOrder) await services.find((service) => service.name === name)?.stop(20_000);
  lock?.release();
  process.exit(code);
}

function say(what) {
  console.log(`${((performance.now() - began) / 1000).toFixed(1).padStart(6)} s  ${what}`);
}
