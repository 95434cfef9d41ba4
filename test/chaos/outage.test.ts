import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ChaosHouse } from './fleet/house.ts';
import { epochsByNetwork, numbersOf, schedule, untilRun, untilSucceeded } from './fleet/runs.ts';
import { mutualSpec } from './fleet/specs.ts';

/** The length of an outage is what these tests are about: the one place where time itself is the condition. */
const outages = [
  { leaseSeconds: 1, renewSeconds: 0.25, awaySeconds: 3 },
  { leaseSeconds: 15, renewSeconds: 5, awaySeconds: 20 },
];

describe.each(outages)('an API away for $awaySeconds s under leases of $leaseSeconds s', ({ leaseSeconds, renewSeconds, awaySeconds }) => {
  let house: ChaosHouse;
  beforeAll(async () => {
    house = await ChaosHouse.open({ leaseSeconds, renewSeconds });
  });
  afterAll(() => house.close());

  it('requeues nothing, and its trainer catches up with the same numbers', async () => {
    await house.trainer('cut-off');
    await house.trainer('idle');
    const everyEpoch = Array.from({ length: 14 }, (_, index) => index + 1);
    const id = await schedule(house.api, mutualSpec(14), 3);
    await untilRun(house.api, id, 'is midway', ({ epochsDone }) => epochsDone >= 2);
    await house.api.kill();
    await delay(awaySeconds * 1000);
    await house.api.restart();
    const run = await untilSucceeded(house.api, id);
    expect(run).toMatchObject({ attempt: 1, attempts: [{ outcome: 'succeeded', error: null }] });
    expect(epochsByNetwork(run)).toEqual([everyEpoch, everyEpoch]);
    const undisturbed = await untilSucceeded(house.api, await schedule(house.api, mutualSpec(14), 3));
    expect(numbersOf(run)).toEqual(numbersOf(undisturbed));
  }, 90_000);
});
