import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { ChaosHouse } from './fleet/house.ts';
import { epochsByNetwork, numbersOf, schedule, untilRun, untilSucceeded } from './fleet/runs.ts';
import { mutualSpec } from './fleet/specs.ts';

const EPOCHS = 12;
const AWAY_SECONDS = 20;

let house: ChaosHouse;
beforeAll(async () => {
  house = await ChaosHouse.open({ leaseSeconds: 15, renewSeconds: 5 });
});
afterAll(() => house.close());

it(`an API killed for ${AWAY_SECONDS} s requeues nothing, though every lease ran out: the trainer goes on and catches up, with the same numbers`, async () => {
  const trainers = [await house.trainer('one'), await house.trainer('other')];
  const id = await schedule(house.api, mutualSpec(EPOCHS), 3);
  await untilRun(house.api, id, 'is midway', ({ epochsDone }) => epochsDone >= 2);
  await house.api.kill();
  // The length of the outage is what this is about: the one place where time itself is the condition.
  await delay(AWAY_SECONDS * 1000);
  await house.api.restart();
  const run = await untilSucceeded(house.api, id);
  expect(run).toMatchObject({ attempt: 1, attempts: [{ outcome: 'succeeded', error: null }] });
  expect(epochsByNetwork(run)).toEqual([0, 1].map(() => Array.from({ length: EPOCHS }, (_, index) => index + 1)));
  const holder = trainers.find(({ name }) => name === run.attempts[0]?.trainerName);
  expect(holder?.output).toMatch(/cannot reach .*; it goes on, its reports wait in .*reports delivered again/s);
  const { trainers: fleet } = await house.api.ask<{ trainers: unknown[] }>('{ trainers { name state } }');
  expect(fleet).toMatchObject([{ state: 'ONLINE' }, { state: 'ONLINE' }]);
  const undisturbed = await untilSucceeded(house.api, await schedule(house.api, mutualSpec(EPOCHS), 3));
  expect(numbersOf(run)).toEqual(numbersOf(undisturbed));
});
