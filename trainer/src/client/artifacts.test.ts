import { createHash } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ArtifactUnusable, downloadArtifact, uploadArtifact } from './artifacts.ts';
import { ApiUnreachable } from './errors.ts';
import { serve } from './testing/server.ts';

const bytes = Buffer.from('weights of a small network');
const sha256 = createHash('sha256').update(bytes).digest('hex');

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'studyhall-artifacts-'));
});
afterEach(() => rm(folder, { recursive: true }));

describe('a download', () => {
  it('appears whole, under the name it was asked for', async () => {
    const { url, close } = await serve((_, response) => response.end(bytes));
    await downloadArtifact({ url, token: '' }, sha256, join(folder, 'weights'));
    await close();
    expect(await readFile(join(folder, 'weights'))).toEqual(bytes);
  });

  it('whose bytes do not match their hash leaves nothing behind', async () => {
    const { url, close } = await serve((_, response) => response.end('other bytes'));
    const failure = await downloadArtifact({ url, token: '' }, sha256, join(folder, 'weights')).catch((error: unknown) => error);
    await close();
    expect(failure).toBeInstanceOf(ArtifactUnusable);
    expect(String(failure)).toContain(`artifact ${sha256} is corrupted`);
    expect(await readdir(folder)).toEqual([]);
  });

  it('that breaks off may be tried again', async () => {
    const { url, close } = await serve((_, response) => {
      response.writeHead(200, { 'content-length': '1000' }).write(bytes, () => response.destroy());
    });
    const failure = await downloadArtifact({ url, token: '' }, sha256, join(folder, 'weights')).catch((error: unknown) => error);
    await close();
    expect(failure).toBeInstanceOf(ApiUnreachable);
    expect(await readdir(folder)).toEqual([]);
  });

  it('of what is not there is unusable', async () => {
    const { url, close } = await serve((_, response) => response.writeHead(404).end());
    await expect(downloadArtifact({ url, token: '' }, sha256, join(folder, 'weights'))).rejects.toBeInstanceOf(ArtifactUnusable);
    await close();
  });
});

describe('an upload', () => {
  it('sends the bytes once, and not at all where they lie already', async () => {
    const stored = new Map<string, Buffer>();
    let puts = 0;
    const { url, close } = await serve(async (request, response) => {
      const name = request.url ?? '';
      if (request.method === 'PUT') {
        puts += 1;
        stored.set(name, Buffer.concat(await request.toArray()));
      }
      response.writeHead(stored.has(name) ? 200 : 404).end();
    });
    const path = join(folder, 'weights');
    await writeFile(path, bytes);
    await uploadArtifact({ url, token: '' }, { path, sha256 });
    await uploadArtifact({ url, token: '' }, { path, sha256 });
    await close();
    expect(stored.get(`/artifacts/${sha256}`)).toEqual(bytes);
    expect(puts).toBe(1);
  });

  it('of a file that is gone says so, and is no matter of the network', async () => {
    const { url, close } = await serve((_, response) => response.writeHead(404).end());
    await expect(uploadArtifact({ url, token: '' }, { path: join(folder, 'gone'), sha256 })).rejects.toThrow(/ENOENT.*gone/);
    await close();
  });
});
