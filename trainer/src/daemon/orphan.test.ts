import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, it } from 'vitest';
import { endOrphan } from './orphan.ts';

const sleeper = (label: string) => spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)', label], { stdio: 'ignore' });

it.skipIf(process.platform !== 'linux')('a process that a killed daemon left is ended, a stranger with its number is not', async () => {
  const orphan = sleeper('/jobs/job_1-1');
  const stranger = sleeper('/jobs/job_2-1');
  await Promise.all([once(orphan, 'spawn'), once(stranger, 'spawn')]);
  const ended = once(orphan, 'exit');
  await endOrphan(orphan.pid ?? 0, '/jobs/job_1-1');
  await endOrphan(stranger.pid ?? 0, '/jobs/job_1-1');
  expect(await ended).toEqual([null, 'SIGKILL']);
  expect(stranger.exitCode ?? stranger.signalCode).toBeNull();
  stranger.kill();
});
