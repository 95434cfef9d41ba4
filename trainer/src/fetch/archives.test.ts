import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { untar } from './tar.ts';
import { zipOf } from './testing/zip-of.ts';
import { unzip } from './zip.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'studyhall-archives-'));
});
afterEach(() => rm(folder, { recursive: true }));

const small = Buffer.from('short');
const large = Buffer.from(Array.from({ length: 300_001 }, (_, k) => (k * 7) & 0xff));
const deep = `${'deep/'.repeat(30)}file.bin`;

/** Where a member is to lie: under its last name, unless that is left out. */
const place = (name: string) => (name.endsWith('left-out') ? null : join(folder, 'out', name.split('/').at(-1) as string));

describe('a .tar.gz', () => {
  const archive = () => join(folder, 'a.tar.gz');
  it.each(['ustar', 'gnu', 'pax'])('of the form %s gives its files, with long names, but for those left out', async (form) => {
    await mkdir(join(folder, 'in', deep, '..'), { recursive: true });
    for (const [name, bytes] of Object.entries({ small, 'left-out': large, [deep]: large, empty: Buffer.alloc(0) }))
      await writeFile(join(folder, 'in', name), bytes);
    await promisify(execFile)('tar', [`--format=${form}`, '-czf', archive(), '-C', folder, 'in']);
    const names: string[] = [];
    await untar(archive(), (name) => {
      names.push(name);
      return place(name);
    });
    expect(names.sort()).toEqual([`in/${deep}`, 'in/empty', 'in/left-out', 'in/small']);
    expect(await readFile(join(folder, 'out/small'))).toEqual(small);
    expect(await readFile(join(folder, 'out/file.bin'))).toEqual(large);
    expect((await readFile(join(folder, 'out/empty'))).length).toBe(0);
    await expect(readFile(join(folder, 'out/left-out'))).rejects.toThrow('ENOENT');
  });

  it('that is cut short is refused', async () => {
    await mkdir(join(folder, 'in'));
    await writeFile(join(folder, 'in/a'), large);
    await promisify(execFile)('tar', ['-czf', archive(), '-C', folder, 'in']);
    await writeFile(archive(), (await readFile(archive())).subarray(0, 400));
    await expect(untar(archive(), place)).rejects.toThrow(/a.tar.gz is damaged or cut short \(.*\); remove it and start again/);
  });
});

describe('a .zip', () => {
  const archive = () => join(folder, 'a.whl');
  it('gives its files, packed or stored, but for those left out', async () => {
    await writeFile(
      archive(),
      zipOf({ 'a/': Buffer.alloc(0), 'a/small': small, 'b/large': large, 'b/left-out': small, empty: Buffer.alloc(0) }, ['a/small']),
    );
    await unzip(archive(), place);
    expect(await readFile(join(folder, 'out/small'))).toEqual(small);
    expect(await readFile(join(folder, 'out/large'))).toEqual(large);
    expect((await readFile(join(folder, 'out/empty'))).length).toBe(0);
    await expect(readFile(join(folder, 'out/left-out'))).rejects.toThrow('ENOENT');
  });

  it('that is cut short, or whose bytes were changed, is refused', async () => {
    const whole = zipOf({ small, large }, ['small', 'large']);
    await writeFile(archive(), whole.subarray(0, whole.length - 40));
    await expect(unzip(archive(), place)).rejects.toThrow('a.whl is damaged or cut short (it has no directory)');
    const changed = Buffer.from(whole);
    changed[whole.indexOf(small)] = 0x53;
    await writeFile(archive(), changed);
    await expect(unzip(archive(), place)).rejects.toThrow('small does not have its checksum');
  });
});
