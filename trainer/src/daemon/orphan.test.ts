import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, it } from 'vitest';
import { identify } from '../../../start/machine/process.mjs';
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

it.skipIf(process.platform !== 'linux')(
  'nor is an editor that has the folder open, nor a process that started at another time',
  async () => {
    // Another program than Node, under the same name and with the same last argument.
    const editor = spawn('sleep', ['1000', '1000'], { argv0: 'node', stdio: 'ignore' });
    const opening = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)', '/jobs/job_1-1', '--readonly'], { stdio: 'ignore' });
    const later = sleeper('/jobs/job_1-1');
    await Promise.all([editor, opening, later].map((child) => once(child, 'spawn')));
    await endOrphan(editor.pid ?? 0, '1000');
    await endOrphan(opening.pid ?? 0, '/jobs/job_1-1');
    const identity = await identify(later.pid ?? 0);
    await endOrphan(later.pid ?? 0, '/jobs/job_1-1', identity && { ...identity, started: 'before' });
    for (const child of [editor, opening, later]) expect(child.exitCode ?? child.signalCode).toBeNull();
    const ended = once(later, 'exit');
    await endOrphan(later.pid ?? 0, '/jobs/job_1-1', identity);
    expect(await ended).toEqual([null, 'SIGKILL']);
    for (const child of [editor, opening]) child.kill();
  },
);
