import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { holdLock } from '../../start/machine/lock.mjs';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'studyhall-lock-'));
});
afterEach(() => rm(folder, { recursive: true }));

/** Another process that holds the lock, or prints that it cannot. */
async function holder(file: string, env: Record<string, string> = {}) {
  const module = path.resolve(import.meta.dirname, '../../start/machine/lock.mjs');
  const script = `const { holdLock } = await import(${JSON.stringify(module)});
    console.log((await holdLock(${JSON.stringify(file)})) ? 'held' : 'refused'); setInterval(() => {}, 1000);`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], { env: { ...process.env, ...env } });
  const [said] = await once(child.stdout, 'data');
  return {
    said: String(said).trim(),
    kill: async () => {
      child.kill('SIGKILL');
      await once(child, 'exit');
    },
  };
}

describe.each([
  ['a file’s lock', {}],
  // A machine without util-linux and busybox, or a disk that knows no locks.
  ['a socket in its place', { programs: [] }],
])('%s', (_, options) => {
  it.skipIf(process.platform !== 'linux' && 'programs' in options)('has one holder, until that lets it go', async () => {
    const file = path.join(folder, 'lock');
    const first = await holdLock(file, options);
    expect(await holdLock(file, options)).toBeNull();
    expect(await holdLock(path.join(folder, 'another'), options)).not.toBeNull();
    first?.release();
    first?.release();
    const second = await holdLock(file, options);
    expect(second).not.toBeNull();
    second?.release();
  });

  it.skipIf(process.platform !== 'linux' && 'programs' in options)('depends on the folder alone, however it is reached', async () => {
    const deep = path.join(folder, 'a'.repeat(120), 'b'.repeat(120));
    await mkdir(`${deep}1`, { recursive: true });
    await mkdir(`${deep}2`);
    await symlink(`${deep}1`, path.join(folder, 'link'));
    const first = await holdLock(path.join(`${deep}1`, 'lock'), options);
    expect(await holdLock(path.join(folder, 'link', 'lock'), options)).toBeNull();
    const neighbour = await holdLock(path.join(`${deep}2`, 'lock'), options);
    expect(neighbour).not.toBeNull();
    first?.release();
    neighbour?.release();
  });
});

describe('between processes, a lock', () => {
  it('ends with its holder, however that ends; another TMPDIR is no other lock', async () => {
    const file = path.join(folder, 'lock');
    const first = await holder(file);
    expect(first.said).toBe('held');
    const second = await holder(file, { TMPDIR: folder });
    expect(second.said).toBe('refused');
    expect(await holdLock(file)).toBeNull();
    await second.kill();
    await first.kill();
    const after = await holdLock(file);
    expect(after).not.toBeNull();
    after?.release();
  });

  it('is not taken for held on a file that was removed meanwhile', async () => {
    const file = path.join(folder, 'lock');
    const before = await holdLock(file);
    await rm(file);
    const after = await holdLock(file);
    expect(after).not.toBeNull();
    expect(await holdLock(file)).toBeNull();
    before?.release();
    after?.release();
  });
});
