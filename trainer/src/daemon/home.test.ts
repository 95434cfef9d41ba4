import { cp, mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { openHome } from './home.ts';
import { createLog } from './log.ts';

let root: string;
let folder: string;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'studyhall-home-'));
  folder = join(root, 'trainer');
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await rm(root, { recursive: true });
});

it('a home keeps its key and admits one trainer at a time', async () => {
  const first = await openHome(folder);
  await expect(openHome(folder)).rejects.toThrow(`another trainer already works in ${folder}; stop it, or give this one its own folder`);
  await first.release();
  const second = await openHome(folder);
  expect(second.key).toBe(first.key);
  await second.release();
});

describe('the lock of a home', () => {
  it('is the same whatever TMPDIR says, and by whatever path the home is reached', async () => {
    const first = await openHome(folder);
    vi.stubEnv('TMPDIR', root);
    await expect(openHome(folder)).rejects.toThrow('another trainer already works in');
    await symlink(folder, join(root, 'link'));
    await expect(openHome(join(root, 'link'))).rejects.toThrow('another trainer already works in');
    first.release();
  });

  it('is not a neighbour’s, however long the paths are that they share, and TMPDIR', async () => {
    vi.stubEnv('TMPDIR', join(root, 't'.repeat(200)));
    const long = join(root, 'x'.repeat(200));
    const homes = await Promise.all([openHome(join(long, 'one')), openHome(join(long, 'two'))]);
    expect(homes[0]?.key).not.toBe(homes[1]?.key);
    for (const home of homes) home.release();
  });
});

describe('a key', () => {
  const open = async () => {
    const lines: string[] = [];
    const home = await openHome(
      folder,
      createLog('info', (line) => lines.push(line)),
    );
    home.release();
    return { key: home.key, lines };
  };

  it.each(['', 'bench-', 'bench-01234567-89ab-cdef-0123-456789', '\0\0\0\0\0\0\0\0\0\0'])(
    'of which a power cut left %j names nobody',
    async (cut) => {
      await mkdir(folder);
      await writeFile(join(folder, 'key'), cut);
      const { key, lines } = await open();
      expect(key).toMatch(/-[0-9a-f-]{36}$/);
      expect(lines.join('')).toContain('held no whole key (it lies beside it as key.damaged)');
      expect(await readFile(join(folder, 'key.damaged'), 'utf8')).toBe(cut);
      expect(await open()).toEqual({ key, lines: [] });
    },
  );
});

describe('a home that is somewhere else', () => {
  it('is settled where the API took it last, and nowhere else', async () => {
    const first = await openHome(folder);
    expect(first).toMatchObject({ settled: false, moved: false });
    await first.settle();
    first.release();
    const again = await openHome(folder);
    expect(again).toMatchObject({ settled: true, moved: false, stamp: first.stamp, key: first.key });
    await cp(folder, join(root, 'copy'), { recursive: true });
    const copy = await openHome(join(root, 'copy'));
    expect(copy).toMatchObject({ settled: false, moved: true, key: first.key });
    expect(copy.stamp).not.toBe(first.stamp);
    again.release();
    copy.release();
  });

  it('gets a key of its own, and keeps the jobs that came with it apart', async () => {
    await mkdir(join(folder, 'jobs', 'job_1-1'), { recursive: true });
    const home = await openHome(folder);
    const { key } = home;
    const aside = await home.setJobsAside();
    await home.begin();
    expect(home.key).not.toBe(key);
    expect(await readdir(aside)).toEqual(['job_1-1']);
    expect(await readdir(home.jobs)).toEqual([]);
    home.release();
    const again = await openHome(folder);
    expect(again.key).toBe(home.key);
    again.release();
  });
});
