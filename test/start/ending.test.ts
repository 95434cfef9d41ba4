import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { identify } from '../../start/machine/process.mjs';
import { runInStart } from './starter.ts';

let home: string;
beforeEach(async () => {
  home = await mkdtemp(path.join(tmpdir(), 'studyhall-ending-'));
});
afterEach(() => rm(home, { recursive: true, force: true }));

/** Waits for a process's number in the first line of a file. */
async function pidIn(file: string): Promise<number> {
  const pid = async () => Number((await readFile(file, 'utf8').catch(() => '')).split('\n')[0]);
  await expect.poll(pid, { timeout: 30_000, interval: 5 }).toBeGreaterThan(0);
  return pid();
}

/** Also one that init has yet to bury is gone. */
const isGone = (pid: number) => expect.poll(() => identify(pid)).toBeNull();

describe('a starter that is told to end', () => {
  it('ends what it installs, generates or builds with, and what that started', async () => {
    const noted = path.join(home, 'pid');
    const outcome = runInStart(
      home,
      `const { runQuietly, endCommands } = await start('command.mjs');
       process.on('SIGTERM', async () => { await endCommands(); console.log('ended'); process.exit(0); });
       await runQuietly('Building', 'sh', ['-c', 'sleep 1000 & echo $! > "${noted}"; kill -TERM ${'$PPID'}; wait']).catch(() => {});
       await new Promise(() => setTimeout(() => {}, 60_000));`,
    );
    const helper = await pidIn(noted);
    expect(await outcome).toEqual({ code: 0, said: 'ended\n' });
    await isGone(helper);
  });

  it('also where it listens for no signal by itself', async () => {
    const noted = path.join(home, 'pid');
    const outcome = runInStart(
      home,
      `const { runQuietly } = await start('command.mjs');
       await runQuietly('Building', 'sh', ['-c', 'sleep 1000 & echo $! > "${noted}"; kill -HUP ${'$PPID'}; wait']).catch(() => {});
       await new Promise(() => setTimeout(() => {}, 60_000));`,
    );
    const helper = await pidIn(noted);
    expect(await outcome).toEqual({ code: null, said: '' });
    await isGone(helper);
  });
});
