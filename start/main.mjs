// `npm start`: from a fresh clone to a running Studyhall. Node's built-ins only, for nothing is installed yet when this runs.
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { ownAddress, publicAddress } from './addresses.mjs';
import { basePath, ensureWebBuilt } from './build-web.mjs';
import { endCommands } from './command.mjs';
import { ensureGenerated } from './generate.mjs';
import { untilHealthy } from './health.mjs';
import { ensureInstalled } from './install.mjs';
import { instanceName } from './instance.mjs';
import { takeHome } from './lock.mjs';
import { inUrl, reachable, readHost, readHosts, readPort } from './machine/environment.mjs';
import { programOf } from './machine/program.mjs';
import { onEndSignals } from './machine/signals.mjs';
import { isLoopbackName } from './machine/visitor.mjs';
import { home } from './place.mjs';
import { expectFree } from './ports.mjs';
import { ensureProgramsBuilt } from './programs.mjs';
import { scheduleQuickStart } from './quick-start.mjs';
import { endingOrder, Service } from './service.mjs';

const dev = process.argv.includes('--dev');
const began = performance.now();
const ending = new AbortController();
const services = [];
let lock;
/** Of the built programs; none under development, when they run from their sources. */
let version;

onEndSignals((_signal, count) => void (count === 1 ? stop(0) : hurry(count)));
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
  const { env } = process;
  const [webHost, apiHost] = [readHost(env, 'WEB_HOST'), readHost(env, 'API_HOST')];
  const [web, api] = [readPort(env, 'WEB_PORT', 3000), readPort(env, 'API_PORT', 4000)];
  if (web === api) throw new Error(`WEB_PORT and API_PORT are both ${web}. Set one of them to another port.`);
  const pages = { host: webHost, port: web, basePath };
  const address = ownAddress(env, pages);
  const apiUrl = `http://${inUrl(reachable(apiHost))}:${api}`;
  const publicUrl = publicAddress(env, pages);
  const others = !isLoopbackName(webHost) || readHosts(env, 'PUBLIC_HOSTS').length > 0;
  // First the folder, then the ports: on them may be what a killed starter left behind, or the Studyhall that runs here already.
  lock = await takeHome(address, tell);
  await expectFree(web, webHost, 'WEB_PORT', 'WEB_HOST');
  await expectFree(api, apiHost, 'API_PORT', 'API_HOST');
  if (await ensureInstalled()) say('installed');
  if (await ensureGenerated()) say('generated');
  if (!dev) version = await ensureProgramsBuilt();
  // The API and its Postgres come up, and the trainer makes its dataset, while the pages are built.
  const [shown] = await Promise.all([
    openPages(`http://${inUrl(reachable(webHost))}:${web}`, apiUrl, web),
    startApi(apiUrl, others ? publicUrl : undefined).then(() => startTrainer(apiUrl)),
  ]);
  const key = (await readFile(path.join(home, 'key'), 'utf8')).trim();
  if (shown) console.log(`\nStudyhall is open:  ${address}/enter?key=${key}\n\nCtrl-C stops it; what it knows stays in ${home}.`);
  else console.log(`\nThe API is open:  ${apiUrl}/graphql, with the key ${key}\n\nCtrl-C stops it; what it knows stays in ${home}.`);
  const invitation = others && (await readFile(path.join(home, 'first-admin'), 'utf8').catch(() => '')).trim();
  if (shown && invitation)
    console.log(
      `\nNobody is an admin here yet. Who opens this becomes one, once:  ${publicUrl.replace(/\/+$/, '')}/join?invitation=${invitation}`,
    );
  if (env.STUDYHALL_QUICK_START?.trim() !== '0') await scheduleFirstRuns(apiUrl, key);
}

function checkNode() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major < 20 || (major === 20 && minor < 19)) throw new Error(`Studyhall needs Node 20.19 or newer; this is ${process.version}.`);
}

/** `publicUrl`: what people type to come here, where others than who sits at this machine do. */
async function startApi(apiUrl, publicUrl) {
  const env = publicUrl ? { PUBLIC_URL: publicUrl } : {};
  await launch('api', commandOf('api/src/main.ts', dev ? ['--watch'] : []), env, `${apiUrl}/healthz`);
}

async function startTrainer(apiUrl) {
  await launch('trainer', [...commandOf('trainer/src/main.ts'), 'join'], { STUDYHALL_API_URL: apiUrl });
}

/** Builds the pages and serves them. False where they cannot be built: all else works without them. */
async function openPages(ownUrl, apiUrl, port) {
  try {
    if (!dev && (await ensureWebBuilt())) say('pages built');
  } catch (error) {
    ending.signal.throwIfAborted();
    tell(`The pages cannot be shown; the rest serves on. ${error.message}`);
    return false;
  }
  const env = {
    API_URL: apiUrl,
    WEB_PORT: String(port),
    NODE_ENV: dev ? 'development' : 'production',
    STUDYHALL_INSTANCE: await instanceName(),
  };
  await launch('web', commandOf('web/server.ts'), env, `${ownUrl}/healthz`);
  return true;
}

/** What Node is given to run a program of ours. */
function commandOf(source, options = []) {
  const { file, execArgv } = programOf(source, version);
  return [...execArgv, ...options, file];
}

/** Starts a service and waits until it answers. */
async function launch(name, command, env, health) {
  ending.signal.throwIfAborted();
  const onChange = () => lock.note(Object.fromEntries(services.map(({ name, pid }) => [name, pid])));
  const service = new Service(name, command, env, { onChange, tell });
  services.push(service);
  service.start();
  if (health) await untilHealthy(health, service, ending.signal, tell);
  say(`${name} up`);
}

/** Whatever becomes of the first runs, the house stays open. */
async function scheduleFirstRuns(apiUrl, key) {
  try {
    if (await scheduleQuickStart(apiUrl, key, ending.signal))
      console.log('Nine runs are scheduled, to begin with: the leaderboard fills as they end.');
  } catch (error) {
    if (!ending.signal.aborted) tell(`The first runs could not be scheduled; schedule some from the form. ${error.message}`);
  }
}

/** Ends all services, one after the other. */
async function stop(code) {
  if (ending.signal.aborted) return;
  ending.abort();
  if (services.length > 0) console.log('\nStopping; the run under way is handed back with its checkpoint.');
  await endCommands();
  // Postgres may have much to write before it ends, for which the API waits up to 50 s.
  for (const name of endingOrder) await services.find((service) => service.name === name)?.stop(name === 'api' ? 90_000 : 20_000);
  await lock?.release();
  process.exit(code || process.exitCode);
}

/** A second signal ends at once what loses nothing by it, and lets the API end its Postgres; a third one waits for nothing. */
function hurry(count) {
  process.exitCode = 1;
  if (count > 2) {
    for (const service of services) service.kill();
    process.exit(1);
  }
  for (const service of services) service.hurry(service.name !== 'api');
}

function tell(line) {
  console.error(line);
}

function say(what) {
  console.log(`${((performance.now() - began) / 1000).toFixed(1).padStart(6)} s  ${what}`);
}
