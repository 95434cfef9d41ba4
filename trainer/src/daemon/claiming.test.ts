import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Claiming } from './claiming.ts';

let folder: string;
let path: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'studyhall-claiming-'));
  path = join(folder, 'claim');
});
afterEach(() => rm(folder, { recursive: true }));

describe('a claim’s name', () => {
  it('stays the same until it is answered', async () => {
    const claiming = await Claiming.open(path);
    const first = await claiming.id();
    expect(await claiming.id()).toBe(first);
    claiming.answered();
    expect(await claiming.id()).not.toBe(first);
  });

  it('outlives the daemon that was killed before the answer came', async () => {
    const first = await (await Claiming.open(path)).id();
    expect(await (await Claiming.open(path)).id()).toBe(first);
  });

  it('is made anew from a file that a power cut left void, and where none can be kept', async () => {
    await writeFile(path, Buffer.alloc(36));
    expect(await (await Claiming.open(path)).id()).toMatch(/^[0-9a-f-]{36}$/);
    expect(await (await Claiming.open(join(folder, 'no', 'claim'))).id()).toMatch(/^[0-9a-f-]{36}$/);
  });
});
