import { createHash } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import type { RequestListener } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { StoredFile } from '../training/events.ts';
import { ArtifactUnusable, downloadArtifact, uploadArtifact } from './artifacts.ts';
import { ApiUnreachable } from './errors.ts';
import { serve } from './testing/server.ts';

const bytes = Buffer.from('weights of a small network');
const sha256 = createHash('sha256').update(bytes).digest('hex');

let folder: string;

async function file(name: string, content: Buffer): Promise<StoredFile> {
  const path = join(folder, name);
  await writeFile(path, content);
  return { path, sha256: createHash('sha256').update(content).digest('hex'), bytes: content.length };
}

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

const page =
  (status: number, type = 'text/html'): RequestListener =>
  (_, response) =>
    response.writeHead(status, { 'content-type': type }).end('<html>Sorry</html>');

describe('a proxy before the API', () => {
  it.each([200, 302, 403, 404, 429, 502, 504])('that answers a download with %i is no verdict about the file', async (status) => {
    const { url, close } = await serve(page(status));
    const failure = await downloadArtifact({ url, token: '' }, sha256, join(folder, 'weights')).catch((error: unknown) => error);
    await close();
    expect(failure).toMatchObject({ name: 'ProxyAnswer', answered: true });
    expect(String(failure)).not.toContain('Sorry');
    expect(await readdir(folder)).toEqual([]);
  });

  it.each([200, 302, 403, 404, 429, 502, 504])('that answers an upload with %i has not taken it', async (status) => {
    const { url, close } = await serve(page(status));
    for (const size of [1, 5 * 2 ** 20]) {
      const failure = await uploadArtifact({ url, token: '' }, await file('weights', Buffer.alloc(size))).catch((error: unknown) => error);
      expect(failure).toMatchObject({ name: 'ProxyAnswer' });
      expect(String(failure)).not.toContain('Sorry');
    }
    await close();
  });

  it('whose words are JSON or plain text is one, too', async () => {
    const answers: RequestListener[] = [
      (_, response) => response.writeHead(403, { 'content-type': 'application/json' }).end('{"message":"Forbidden"}'),
      page(404, 'text/plain'),
    ];
    for (const answer of answers) {
      const { url, close } = await serve(answer);
      await expect(uploadArtifact({ url, token: '' }, await file('weights', bytes))).rejects.toMatchObject({ name: 'ProxyAnswer' });
      await close();
    }
  });

  it('that finds an upload too large says its size and what to change', async () => {
    const { url, close } = await serve((request, response) =>
      request.method === 'HEAD' ? response.writeHead(404).end() : page(413)(request, response),
    );
    const failure = await uploadArtifact({ url, token: '' }, await file('weights', Buffer.alloc(5 * 2 ** 20))).catch(
      (error: unknown) => error,
    );
    await close();
    expect(failure).toMatchObject({ name: 'TooLargeForProxy' });
    expect(String(failure)).toMatch(/refuses 5\.0 MiB at once \(status 413\).*client_max_body_size/);
  });

  it('is not blamed for what the API itself refuses', async () => {
    const { url, close } = await serve((_, response) =>
      response.writeHead(413, { 'content-type': 'application/json' }).end('{"error":"An artifact may have 10 bytes; this one has more."}'),
    );
    const failure = await uploadArtifact({ url, token: '' }, await file('weights', bytes)).catch((error: unknown) => error);
    await close();
    expect(failure).toMatchObject({ name: 'ApiRefused', message: expect.stringContaining('An artifact may have 10 bytes') });
  });
});

describe('an upload', () => {
  it('sends the bytes, and large ones only where they do not lie already', async () => {
    const stored = new Map<string, number>();
    const puts: string[] = [];
    const { url, close } = await serve(async (request, response) => {
      const name = request.url ?? '';
      if (request.method === 'PUT') {
        puts.push(name);
        stored.set(name, Buffer.concat(await request.toArray()).length);
      }
      response.writeHead(stored.has(name) ? 200 : 404).end();
    });
    const small = await file('small', bytes);
    const large = await file('large', Buffer.alloc(5 * 2 ** 20, 'w'));
    for (const upload of [small, small, large, large]) await uploadArtifact({ url, token: '' }, upload);
    await close();
    expect(stored.get(`/artifacts/${small.sha256}`)).toBe(small.bytes);
    expect(stored.get(`/artifacts/${large.sha256}`)).toBe(large.bytes);
    expect(puts).toEqual([small, small, large].map((upload) => `/artifacts/${upload.sha256}`));
  });

  it('that meets a full disk there may be tried again', async () => {
    const { url, close } = await serve((_, response) => response.writeHead(507).end('the disk is full: free some space'));
    const failure = await uploadArtifact({ url, token: '' }, await file('weights', bytes)).catch((error: unknown) => error);
    await close();
    expect(failure).toMatchObject({ name: 'ApiUnreachable', answered: false, message: expect.stringContaining('the disk is full') });
  });

  it('of a file that is gone says so, and is no matter of the network', async () => {
    const { url, close } = await serve((_, response) => response.writeHead(404).end());
    await expect(uploadArtifact({ url, token: '' }, { path: join(folder, 'gone'), sha256, bytes: 1 })).rejects.toThrow(/ENOENT.*gone/);
    await close();
  });
});
