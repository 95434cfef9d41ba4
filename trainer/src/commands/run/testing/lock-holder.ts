import { whileLocked } from '../folder-lock.ts';

/** A process that locks the folder it is given, says so, and stays until it is killed. */
await whileLocked(process.argv[2] as string, console.error, async () => {
  process.send?.('locked');
  await new Promise(() => setInterval(() => {}, 1000));
});
