import { createHash } from 'node:crypto';
import { mkdtemp, readdir, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { serve } from '../client/testing/server.ts';
import { ArtifactCache } from './artifact-cache.ts';

const hash = (text: string) => createHash('sha256').update(text).digest('hex');

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'studyhall-cache-'));
});
afterEach(() => rm(folder, { recursive: true }));

describe('a cache of artifacts', () => {
  it('asks the API once for what it keeps, and again for what was damaged here', async () => {
    let asked = 0;
    const { url, close } = await serve((_, response) => {
      asked += 1;
      response.end('weights');
    });
    const cache = await ArtifactCache.open(folder, { url, token: '' });
    const path = await cache.get(hash('weights'));
    await cache.get(hash('weights'));
    expect(asked).toBe(1);
    await writeFile(path, 'damaged');
    await cache.get(hash('weights'));
    expect(asked).toBe(2);
    await close();
  });

  it('drops what was unused for longest when it grows too large', async () => {
    const cache = await ArtifactCache.open(folder, { url: new URL('http://127.0.0.1'), token: '' });
    for (const [name, day] of [
      ['oldest', 1],
      ['newest', 3],
      ['middle', 2],
    ] as const) {
      await writeFile(join(folder, name), 'x'.repeat(10));
      await utimes(join(folder, name), day, day);
    }
    await cache.prune(25);
    expect((await readdir(folder)).sort()).toEqual(['middle', 'newest']);
  });
});
