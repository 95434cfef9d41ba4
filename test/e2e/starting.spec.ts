import { once } from 'node:events';
import { readdir, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import path from 'node:path';
import { expect, test } from '@playwright/test';
import { identify } from '../../start/machine/process.mjs';
import { freePorts, type House, makeHome, runStarter, startHouse } from './house.ts';

let home: string;
/** The same for every start on one folder, as a user's are. */
let ports: [web: number, api: number];
const houses: House[] = [];
test.beforeEach(async () => {
  home = await makeHome();
  ports = await freePorts();
});
test.afterEach(async () => {
  for (const house of houses.splice(0)) await house.stop();
  await rm(home, { recursive: true, force: true });
});

async function startHere(): Promise<House> {
  const house = await startHouse({ home, ports });
  houses.push(house);
  return house;
}

test('a taken port is named, with the variable that moves it', async () => {
  const [taken, other] = await freePorts();
  const squatter = createServer().listen(taken, '127.0.0.1');
  await once(squatter, 'listening');
  const starter = runStarter({ STUDYHALL_HOME: home, WEB_PORT: String(taken), API_PORT: String(other) });
  expect(await starter.exited).toBe(1);
  expect(starter.printed()).toContain(`Port ${taken} is taken. Stop what listens there, or set WEB_PORT to a free one.`);
  squatter.close();
  expect(await readdir(home)).not.toContain('house.lock');
});

test('a port that is none is refused', async () => {
  const starter = runStarter({ STUDYHALL_HOME: home, API_PORT: '70000' });
  expect(await starter.exited).toBe(1);
  expect(starter.printed()).toContain('API_PORT is 70000; it must be a port from 1 to 65535.');
});

test('told to end while its API starts, by the end of its terminal, it leaves neither services nor a Postgres behind', async () => {
  // As compose files leave what they do not set.
  const unset = { WEB_HOST: '', API_HOST: ' ', DATABASE_URL: '' };
  const starter = runStarter({ STUDYHALL_HOME: home, WEB_PORT: String(ports[0]), API_PORT: String(ports[1]), ...unset });
  const pidFile = path.join(home, 'postgres/data/postmaster.pid');
  const postgres = async () => Number((await readFile(pidFile, 'utf8').catch(() => '')).split('\n')[0]);
  await expect.poll(postgres, { intervals: [10] }).toBeGreaterThan(0);
  const pids = [await postgres(), ...Object.values(JSON.parse(await readFile(path.join(home, 'house.lock'), 'utf8')).services as object)];
  expect(await starter.stop('SIGHUP')).toBe(0);
  for (const pid of pids) await expect.poll(() => identify(pid)).toBeNull();
  expect(await readdir(home)).not.toContain('house.lock');
});

test('a second Studyhall on the same folder is sent to the first; stopped and started again, it knows what it knew', async () => {
  const house = await startHere();
  const other = runStarter({ STUDYHALL_HOME: home, WEB_PORT: String(ports[0]), API_PORT: String(ports[1]) });
  expect(await other.exited).toBe(1);
  expect(other.printed()).toContain(`already runs on ${home}: ${house.web}`);

  await house.ask('mutation { createExperiment(title: "Kept over a restart", slug: "kept") { id } }');
  expect(await house.stop()).toBe(0);

  const began = performance.now();
  const again = await startHere();
  console.log(`second start: link after ${((performance.now() - began) / 1000).toFixed(1)} s`);
  const { experiment } = await again.ask<{ experiment: { title: string } }>('{ experiment(slug: "kept") { title } }');
  expect(experiment.title).toBe('Kept over a restart');
  expect(again.key).toBe(house.key);
  expect(await again.stop()).toBe(0);
});

test('a service that is killed is started again; what a killed starter leaves behind, the next one ends', async () => {
  const house = await startHere();
  const { api } = await house.services();
  process.kill(api, 'SIGKILL');
  await expect.poll(() => house.printed()).toContain('The api ended (SIGKILL); it starts again in 1 s.');
  const asked = () => house.ask('{ runs { totalCount } }').catch((error: Error) => error.message);
  await expect.poll(asked).toEqual({ runs: { totalCount: 0 } });

  await house.killStarter();
  const orphans = Object.values(await house.services());
  const again = await startHere();
  for (const pid of orphans) expect(await identify(pid)).toBeNull();
  expect(await again.ask('{ runs { totalCount } }')).toEqual({ runs: { totalCount: 0 } });
});
