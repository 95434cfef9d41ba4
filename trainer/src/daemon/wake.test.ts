import { expect, it } from 'vitest';
import { Wake } from './wake.ts';

it('a call wakes who waits, and is remembered for who comes later', async () => {
  const wake = new Wake();
  const waiting = wake.wait(60_000);
  wake.call();
  await waiting;
  wake.call();
  wake.call();
  await wake.wait(60_000);
});
