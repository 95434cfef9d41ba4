import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { whileLocked } from './folder-lock.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'studyhall-lock-'));
});
afterEach(() => rm(folder, { recursive: true }));

const warn = (text: string) => {
  throw new Error(text);
};

const work = (name = folder) => whileLocked(name, warn, async () => 'done');

describe('a folder in which a run works', () => {
  it('keeps a second run out, which is told who works there; another folder is free', async () => {
    const second = await whileLocked(folder, warn, async () => [
      await work().catch((error: Error) => error.message),
      await work(join(folder, 'other')),
    ]);
    expect(second[0]).toMatch(
      new RegExp(`is in use by another run \\(process ${process.pid} on .*, since 20.*Z\\); wait until it ends, or name another folder`),
    );
    expect(second[1]).toBe('done');
    expect(await work()).toBe('done');
  });

  it('is free again once its run has failed, and once its process was killed', async () => {
    const failing = async () => {
      throw new Error('not finite');
    };
    await expect(whileLocked(folder, warn, failing)).rejects.toThrow('not finite');
    const holder = fork(join(import.meta.dirname, 'testing/lock-holder.ts'), [folder], {
      execArgv: ['--import', import.meta.resolve('tsx')],
    });
    await once(holder, 'message');
    await expect(work()).rejects.toThrow(`process ${holder.pid} on`);
    holder.kill('SIGKILL');
    await once(holder, 'close');
    expect(await work()).toBe('done');
  });

  it('is not taken for in use by what a file says', async () => {
    await writeFile(join(folder, 'run.lock'), `process ${process.ppid} on this machine, since now\n`);
    expect(await work()).toBe('done');
  });

  it.skipIf(process.platform !== 'linux')('is worked in where the system has no locks, with a warning', async () => {
    vi.stubEnv('PATH', folder);
    const warnings: string[] = [];
    expect(
      await whileLocked(
        folder,
        (text) => warnings.push(text),
        async () => 'done',
      ),
    ).toBe('done');
    vi.unstubAllEnvs();
    expect(warnings).toEqual([`nothing keeps a second run out of ${folder}: it cannot be locked (spawn flock ENOENT)`]);
  });
});
