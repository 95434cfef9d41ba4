import { afterAll, beforeAll, expect, it } from 'vitest';
import { ChaosHouse } from './fleet/house.ts';
import { untilRun, untilSucceeded } from './fleet/runs.ts';
import { Undisturbed } from './fleet/undisturbed.ts';

let house: ChaosHouse;
let undisturbed: Undisturbed;
beforeAll(async () => {
  house = await ChaosHouse.open({ leaseSeconds: 4, renewSeconds: 1 });
  undisturbed = await Undisturbed.in(house);
});
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
