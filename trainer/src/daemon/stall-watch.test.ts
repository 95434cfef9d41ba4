import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import { StallWatch } from './stall-watch.ts';

const STALL_SECONDS = 0.4;

let watch: StallWatch;
afterEach(() => watch.close());

/** Resolves when the watch says that nothing was heard, with the milliseconds since `from`. */
const stalled = (): Promise<number> => {
  const from = performance.now();
  return new Promise((resolve) => {
    watch = new StallWatch(STALL_SECONDS, () => resolve(performance.now() - from));
  });
};

const blockFor = (seconds: number) => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, seconds * 1000);

describe('a watch for a process that stalls', () => {
  it('speaks once nothing was heard for as long as was agreed, from the last sign on', async () => {
    const after = stalled();
    await delay(200);
    watch.sign();
    expect(await after).toBeGreaterThanOrEqual(600);
  });

  it('grants the silence that was announced, until something else is heard', async () => {
    const after = stalled();
    watch.sign(1);
    expect(await after).toBeGreaterThanOrEqual(1400);
    watch.close();
    const sooner = stalled();
    watch.sign(60);
    watch.sign();
    expect(await sooner).toBeLessThan(30_000);
  });

  it('counts no time in which this process was deaf itself', async () => {
    const after = stalled();
    blockFor(1);
    expect(await after).toBeGreaterThanOrEqual(1400);
  });

  it('counts no time in which the other waited for this one', async () => {
    const after = stalled();
    await watch.whileWaiting(() => delay(1000));
    expect(await after).toBeGreaterThanOrEqual(1400);
  });
});
