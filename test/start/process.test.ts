import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { endProcess, fateOf, type Identity, identify } from '../../start/machine/process.mjs';

const started: ChildProcess[] = [];
afterEach(() => {
  for (const child of started.splice(0)) child.kill('SIGKILL');
});

async function sleeper(...args: string[]): Promise<{ child: ChildProcess; identity: Identity }> {
  const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)', ...args], { stdio: 'ignore' });
  started.push(child);
  await once(child, 'spawn');
  return { child, identity: (await identify(child.pid ?? 0)) as Identity };
}

describe('a process that was noted', () => {
  it('is known again while it runs, and ended in order', async () => {
    const { child, identity } = await sleeper();
    expect(await fateOf(identity)).toBe('running');
    const ended = once(child, 'exit');
    expect(await endProcess(identity, 60_000)).toBe(true);
    expect(await ended).toEqual([null, 'SIGTERM']);
    expect(await fateOf(identity)).toBe('ended');
    expect(await identify(identity.pid)).toBeNull();
  });

  it('is not taken for a stranger that has its number now, whatever that one has open', async () => {
    const { child, identity } = await sleeper('trainer/src/main.ts', 'domain.ts');
    for (const other of [{ started: 'earlier' }, { program: '/usr/bin/vim' }, { folder: '/elsewhere' }]) {
      const noted = { ...identity, ...other };
      expect(await fateOf(noted)).toBe('ended');
      expect(await endProcess(noted, 5000)).toBe(true);
    }
    expect(child.exitCode ?? child.signalCode).toBeNull();
  });

  it('is a matter of its start alone where the system hides the rest', async () => {
    const { identity } = await sleeper();
    expect(await fateOf({ ...identity, program: null, folder: null })).toBe('running');
  });

  it.skipIf(process.platform !== 'linux')('is unknown where the system hides processes, and left alone', async () => {
    const hidden = await mkdtemp(path.join(tmpdir(), 'studyhall-proc-'));
    const { identity } = await sleeper();
    expect(await fateOf(identity, hidden)).toBe('unknown');
    expect(await identify(identity.pid, hidden)).toBeNull();
    await rm(hidden, { recursive: true });
  });

  it.skipIf(process.platform !== 'linux')('has ended although nobody has buried it, as in a container without an init', async () => {
    // The shell becomes a sleep, which never asks how the shell's child ended.
    const shell = spawn('sh', ['-c', `${process.execPath} -e 'setInterval(() => {}, 1000)' & echo $!; exec sleep 60`]);
    started.push(shell);
    const pid = Number((await once(shell.stdout, 'data'))[0]);
    const identity = (await identify(pid)) as Identity;
    process.kill(pid, 'SIGKILL');
    const state = async () => /\) (\w)/.exec(await readFile(`/proc/${pid}/stat`, 'utf8'))?.[1];
    await expect.poll(state).toBe('Z');
    expect(await fateOf(identity)).toBe('ended');
    expect(await identify(pid)).toBeNull();
  });
});
