import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { storeFile } from './stored-file.ts';

describe('storeFile', () => {
  it('names a file by its content', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'studyhall-store-'));
    const { path, sha256, bytes } = await storeFile(join(folder, 'new'), 'checkpoint-3', Buffer.from('abc'));
    expect(sha256).toBe(createHash('sha256').update('abc').digest('hex'));
    expect(path).toBe(join(folder, 'new', `checkpoint-3-${sha256.slice(0, 12)}.safetensors`));
    expect([await readFile(path, 'utf8'), bytes]).toEqual(['abc', 3]);
    await rm(folder, { recursive: true });
  });

  it.runIf(existsSync('/dev/full'))('on a full disk says so, and leaves what was stored before', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'studyhall-store-'));
    const before = await storeFile(folder, 'checkpoint-1', Buffer.from('first'));
    const hash = createHash('sha256').update('second').digest('hex').slice(0, 12);
    // Writing through this link fails as it does on a disk without space.
    await symlink('/dev/full', join(folder, `checkpoint-2-${hash}.safetensors.part`));
    await expect(storeFile(folder, 'checkpoint-2', Buffer.from('second'))).rejects.toMatchObject({
      name: 'TrainingError',
      permanent: false,
      message: expect.stringContaining('the disk is full'),
    });
    expect(await readdir(folder)).toEqual([before.path.slice(folder.length + 1)]);
    await rm(folder, { recursive: true });
  });
});
