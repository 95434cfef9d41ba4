import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { SmallDisk } from '../../api/src/testing/small-disk.ts';
import { ChaosHouse } from './fleet/house.ts';
import { findRun, untilRun, untilSucceeded } from './fleet/runs.ts';
import { Undisturbed } from './fleet/undisturbed.ts';

/** Without the right to mount (a container without privileges) a disk cannot be filled without filling everybody's. */
const mayMount = await SmallDisk.isPossible();
if (!mayMount) console.warn('SKIPPED: a full disk is not tested, for this process may not mount one to fill');

let house: ChaosHouse;
let undisturbed: Undisturbed;
beforeAll(async () => {
  house = await ChaosHouse.open();
  undisturbed = await Undisturbed.in(house);
});
afterEach(() => house.dismiss());
afterAll(() => house.close());

describe('a run loses nothing and gives the same numbers', () => {
  it('when nobody disturbs it', () => {
    expect(undisturbed.run.attempt).toBe(1);
    undisturbed.expectSame(undisturbed.run);
  });

  it('when its training process is killed', async () => {
    const trainer = await house.trainer('victim');
    const { id } = await undisturbed.againMidway();
    await trainer.killChild();
    const run = await untilSucceeded(house.api, id);
    undisturbed.expectSame(run);
    expect(run.attempts).toMatchObject([
      { attempt: 1, outcome: 'failed', error: expect.stringContaining('killed by SIGKILL') },
      { attempt: 2, outcome: 'succeeded', error: null },
    ]);
    expect(run.attempts[1]?.resumedFromEpoch).toBeGreaterThanOrEqual(2);
  });

  it('when the daemon is killed and starts again: its lease is still its own', async () => {
    const trainer = await house.trainer('victim');
    const { id } = await undisturbed.againMidway();
    const child = await trainer.childPid();
    await trainer.end('SIGKILL');
    trainer.restart();
    const run = await untilSucceeded(house.api, id);
    undisturbed.expectSame(run);
    expect(run.attempt).toBe(1);
    expect(trainer.output).toContain('was under way when this trainer ended; going on with it');
    expect(() => process.kill(child, 0)).toThrow('ESRCH');
  });

  it('when API and daemon are both killed: what the outbox holds is delivered by the next start', async () => {
    const trainer = await house.trainer('victim');
    const { id } = await undisturbed.againMidway();
    await house.api.kill();
    await trainer.hasTrainedToTheEnd();
    await trainer.end('SIGKILL');
    await house.api.restart();
    trainer.restart();
    const run = await untilSucceeded(house.api, id);
    undisturbed.expectSame(run);
    expect(run.attempt).toBe(1);
  });

  it('when the daemon is told to stop: it hands the run back, and another goes on', async () => {
    const leaving = await house.trainer('leaving');
    const { id } = await undisturbed.againMidway();
    expect(await leaving.end('SIGTERM')).toBe(0);
    const handedBack = await findRun(house.api, id);
    expect(handedBack).toMatchObject({ state: 'QUEUED', attempts: [{ outcome: 'handed back' }] });
    await house.trainer('heir');
    undisturbed.expectSame(await untilSucceeded(house.api, id));
  });

  it.skipIf(!mayMount)('when the disk of its trainer fills up: the attempt fails in words, and it goes on once there is room', async () => {
    const trainer = await house.trainer('full', true);
    const { id } = await undisturbed.againMidway();
    await trainer.disk?.fill();
    await trainer.says('nothing new is claimed');
    // Said of the free slot while the run may still be under way: room now would let it end undisturbed.
    await untilRun(house.api, id, 'has failed once', ({ attempts }) => attempts[0]?.outcome === 'failed');
    await trainer.disk?.free();
    const run = await untilSucceeded(house.api, id);
    undisturbed.expectSame(run);
    expect(run.attempts).toMatchObject([{ outcome: 'failed', error: expect.stringMatching(/disk .*is full/) }, { outcome: 'succeeded' }]);
  });

  // Last: the same seed makes the same checkpoints, so what it damages others would go on from.
  it('when the checkpoint it would go on from is corrupted: that attempt fails, the next starts from scratch', async () => {
    const leaving = await house.trainer('leaving');
    const { id } = await undisturbed.againMidway();
    await leaving.end('SIGTERM');
    await house.api.corruptArtifacts();
    await house.trainer('heir');
    const run = await untilSucceeded(house.api, id);
    undisturbed.expectSame(run);
    expect(run.attempts).toMatchObject([
      { outcome: 'handed back' },
      { outcome: 'failed', error: expect.stringMatching(/The checkpoint of epoch \d+ is unusable: artifact [0-9a-f]{64} is corrupted/) },
      { outcome: 'succeeded', resumedFromEpoch: 0 },
    ]);
  });
});
