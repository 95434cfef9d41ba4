import { once } from 'node:events';
import { rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { expect, test } from '@playwright/test';
import { freePort, makeHome, runStarter, startHouse } from './house.ts';

let home: string;
test.beforeEach(async () => {
  home = await makeHome();
});
test.afterEach(() => rm(home, { recursive: true, force: true }));

test('a taken port is named, with the variable that moves it', async () => {
  const taken = await freePort();
  const squatter = createServer().listen(taken, '127.0.0.1');
  await once(squatter, 'listening');
  const starter = runStarter({ STUDYHALL_HOME: home, WEB_PORT: String(taken), API_PORT: String(await freePort()) });
  expect(await starter.exited).toBe(1);
  expect(starter.printed()).toContain(`Port ${taken} is taken. Stop what listens there, or set WEB_PORT to a free one.`);
  squatter.close();
});

test('a port that is none is refused', async () => {
  const starter = runStarter({ STUDYHALL_HOME: home, API_PORT: '70000' });
  expect(await starter.exited).toBe(1);
  expect(starter.printed()).toContain('API_PORT is 70000; it must be a port from 1 to 65535.');
});

test('a second Studyhall on the same folder is sent to the first; stopped and started again, it knows what it knew', async () => {
  const house = await startHouse({ home });
  const other = runStarter({ STUDYHALL_HOME: home, WEB_PORT: String(await freePort()), API_PORT: String(await freePort()) });
  expect(await other.exited).toBe(1);
  expect(other.printed()).toContain(`already runs on ${home}: ${house.web}`);

  await house.ask('mutation { createExperiment(title: "Kept over a restart", slug: "kept") { id } }');
  expect(await house.stop()).toBe(0);

  const began = performance.now();
  const again = await startHouse({ home });
  console.log(`second start: link after ${((performance.now() - began) / 1000).toFixed(1)} s`);
  const { experiment } = await again.ask<{ experiment: { title: string } }>('{ experiment(slug: "kept") { title } }');
  expect(experiment.title).toBe('Kept over a restart');
  expect(again.key).toBe(house.key);
  expect(await again.stop()).toBe(0);
});
