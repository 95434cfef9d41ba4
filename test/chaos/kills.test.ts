import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { ChaosHouse } from './fleet/house.ts';
import { epochsByNetwork, findRun, numbersOf, type Run, schedule, untilRun, untilSucceeded } from './fleet/runs.ts';
import { SmallDisk } from './fleet/small-disk.ts';
import { mutualSpec } from './fleet/specs.ts';

const EPOCHS = 10;
const everyEpoch = Array.from({ length: EPOCHS }, (_, index) => index + 1);
const midway = ({ epochsDone }: Run) => epochsDone >= 2;

/** Without the right to mount (a container without privileges) a disk cannot be filled without filling everybody's. */
const mayMount = await SmallDisk.isPossible();
if (!mayMount) console.warn('SKIPPED: a full disk is not tested, for this process may not mount one to fill');

let house: ChaosHouse;
let uninterrupted: Run;

beforeAll(async () => {
  house = await ChaosHouse.open();
  await house.trainer('calm');
  uninterrupted = await untilSucceeded(house.api, await schedule(house.api, mutualSpec(EPOCHS), 7));
  await house.dismiss();
}, 60_000);
afterEach(() => house.dismiss());
afterAll(() => house.close());

/** The same run again, which somebody is about to disturb; resolves when it is well under way. */
async function runMidway(execution: Record<string, unknown> = {}): Promise<Run> {
  const id = await schedule(house.api, mutualSpec(EPOCHS), 7, execution);
  const run = await untilRun(house.api, id, 'is midway', midway);
  expect(run.state).toBe('RUNNING');
  return run;
}

function expectUndisturbed(run: Run): void {
  expect(epochsByNetwork(run)).toEqual([everyEpoch, everyEpoch]);
  expect(numbersOf(run)).toEqual(numbersOf(uninterrupted));
  expect(run.mixedFingerprints).toBe(false);
}

describe('a run loses nothing and gives the same numbers', () => {
  it('when nobody disturbs it', () => {
    expect(uninterrupted.attempt).toBe(1);
    expect(epochsByNetwork(uninterrupted)).toEqual([everyEpoch, everyEpoch]);
  });

  it('when its training process is killed', async () => {
    const trainer = await house.trainer('victim');
    const { id } = await runMidway();
    await trainer.killChild();
    const run = await untilSucceeded(house.api, id);
    expectUndisturbed(run);
    expect(run.attempts).toMatchObject([
      { attempt: 1, outcome: 'failed', error: expect.stringContaining('killed by SIGKILL') },
      { attempt: 2, outcome: 'succeeded', error: null },
    ]);
    expect(run.attempts[1]?.resumedFromEpoch).toBeGreaterThanOrEqual(2);
  });

  it('when the daemon is killed and starts again: its lease is still its own', async () => {
    const trainer = await house.trainer('victim');
    const { id } = await runMidway();
    const child = await trainer.childPid();
    await trainer.end('SIGKILL');
    trainer.restart();
    const run = await untilSucceeded(house.api, id);
    expectUndisturbed(run);
    expect(run.attempt).toBe(1);
    expect(trainer.output).toContain('was under way when this trainer ended; going on with it');
    expect(() => process.kill(child, 0)).toThrow('ESRCH');
  });

  it('when API and daemon are both killed: what the outbox holds is delivered by the next start', async () => {
    const trainer = await house.trainer('victim');
    const { id } = await runMidway();
    await house.api.kill();
    await trainer.hasTrainedToTheEnd();
    await trainer.end('SIGKILL');
    await house.api.restart();
    trainer.restart();
    const run = await untilSucceeded(house.api, id);
    expectUndisturbed(run);
    expect(run.attempt).toBe(1);
  });

  it('when the daemon is told to stop: it hands the run back, and another goes on', async () => {
    const leaving = await house.trainer('leaving');
    const { id } = await runMidway();
    expect(await leaving.end('SIGTERM')).toBe(0);
    const handedBack = await findRun(house.api, id);
    expect(handedBack).toMatchObject({ state: 'QUEUED', attempts: [{ outcome: 'handed back' }] });
    await house.trainer('heir');
    expectUndisturbed(await untilSucceeded(house.api, id));
  });

  it('when its trainer was frozen, and comes back after the lease went to another: it is told so and changes nothing', async () => {
    const frozen = await house.trainer('frozen');
    const { id } = await runMidway();
    frozen.signal('SIGSTOP');
    await house.trainer('heir');
    await untilRun(house.api, id, 'is the heir’s', ({ attempts }) => attempts.at(-1)?.trainerName === 'heir');
    frozen.signal('SIGCONT');
    await frozen.says("is somebody else's now");
    const run = await untilSucceeded(house.api, id);
    expectUndisturbed(run);
    expect(run.attempts).toMatchObject([
      { trainerName: 'frozen', outcome: 'lapsed' },
      { trainerName: 'heir', outcome: 'succeeded' },
    ]);
  });

  it.skipIf(!mayMount)('when the disk of its trainer fills up: the attempt fails in words, and it goes on once there is room', async () => {
    const trainer = await house.trainer('full', true);
    const { id } = await runMidway();
    await trainer.disk?.fill();
    await trainer.says('nothing new is claimed');
    // Said of the free slot while the run may still be under way: room now would let it end undisturbed.
    await untilRun(house.api, id, 'has failed once', ({ attempts }) => attempts[0]?.outcome === 'failed');
    await trainer.disk?.free();
    const run = await untilSucceeded(house.api, id);
    expectUndisturbed(run);
    expect(run.attempts).toMatchObject([{ outcome: 'failed', error: expect.stringMatching(/disk .*is full/) }, { outcome: 'succeeded' }]);
  });

  // Last: the same seed makes the same checkpoints, so what it damages others would go on from.
  it('when the checkpoint it would go on from is corrupted: that attempt fails, the next starts from scratch', async () => {
    const leaving = await house.trainer('leaving');
    const { id } = await runMidway();
    await leaving.end('SIGTERM');
    await house.api.corruptArtifacts();
    await house.trainer('heir');
    const run = await untilSucceeded(house.api, id);
    expectUndisturbed(run);
    expect(run.attempts).toMatchObject([
      { outcome: 'handed back' },
      { outcome: 'failed', error: expect.stringMatching(/The checkpoint of epoch \d+ is unusable: artifact [0-9a-f]{64} is corrupted/) },
      { outcome: 'succeeded', resumedFromEpoch: 0 },
    ]);
  });
});
