import { expect, it } from 'vitest';
import { Wake } from './wake.ts';

it('a call wakes who waits, and is remembered for who comes later', async () => {
  const wake = new Wake();
  const waiting = wake.wait(60_000);
  wake.call();
  await expect(waiting).resolves.toBeUndefined();
  wake.call();
  wake.call();
  await expect(wake.wait(60_000)).resolves.toBeUndefined();
});
