import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { ChaosHouse } from './fleet/house.ts';
import { untilRun, untilSucceeded } from './fleet/runs.ts';
import { Undisturbed } from './fleet/undisturbed.ts';

/** Whoever is alive renews in time, also on a busy machine; whoever is not is waited for this long. */
const LEASE_SECONDS = 15;
const AWAY_SECONDS = 20;

let house: ChaosHouse;
let undisturbed: Undisturbed;
beforeAll(async () => {
  house = await ChaosHouse.open({ leaseSeconds: LEASE_SECONDS, renewSeconds: 5 });
  undisturbed = await Undisturbed.in(house);
});
afterEach(() => house.dismiss());
afterAll(() => house.close());

it('a trainer that was frozen, and comes back after the lease went to another, is told so and changes nothing', async () => {
  const frozen = await house.trainer('frozen');
  const { id } = await undisturbed.againMidway();
  frozen.signal('SIGSTOP');
  await house.trainer('heir');
  await untilRun(house.api, id, 'is the heir’s', ({ attempts }) => attempts.at(-1)?.trainerName === 'heir');
  frozen.signal('SIGCONT');
  await frozen.says("is somebody else's now");
  const run = await untilSucceeded(house.api, id);
  undisturbed.expectSame(run);
  expect(run.attempts).toMatchObject([
    { trainerName: 'frozen', outcome: 'lapsed' },
    { trainerName: 'heir', outcome: 'succeeded' },
  ]);
});

it(`an API killed for ${AWAY_SECONDS} s requeues nothing, though every lease ran out: the trainer goes on and catches up, with the same numbers`, async () => {
  const trainers = [await house.trainer('one'), await house.trainer('other')];
  const { id } = await undisturbed.againMidway();
  await house.api.kill();
  // The length of the outage is what this is about: the one place where time itself is the condition.
  await delay(AWAY_SECONDS * 1000);
  await house.api.restart();
  const run = await untilSucceeded(house.api, id);
  undisturbed.expectSame(run);
  expect(run).toMatchObject({ attempt: 1, attempts: [{ outcome: 'succeeded', error: null }] });
  const holder = trainers.find(({ name }) => name === run.attempts[0]?.trainerName);
  expect(holder?.output).toMatch(/cannot reach .*; it goes on, its reports wait in .*reports delivered again/s);
  const fleet = async () => {
    const { trainers: all } = await house.api.ask<{ trainers: { name: string; state: string }[] }>('{ trainers { name state } }');
    return all.filter(({ name }) => trainers.some((trainer) => trainer.name === name)).map(({ state }) => state);
  };
  await expect.poll(fleet).toEqual(['ONLINE', 'ONLINE']);
});
