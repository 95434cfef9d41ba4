import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { fetchFile } from './fetch-file.ts';
import type { PublishedFile } from './published-file.ts';
import { FileServer } from './testing/file-server.ts';

const BYTES = Buffer.from(Array.from({ length: 200_000 }, (_, k) => (k * k + (k >> 8)) & 0xff));
const sha256 = (bytes: Buffer) => `sha256:${createHash('sha256').update(bytes).digest('hex')}` as const;

let folder: string;
let server: FileServer;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'studyhall-fetch-'));
  server = await FileServer.open();
});
afterEach(async () => {
  await server.close();
  await rm(folder, { recursive: true });
});

const published = (...urls: string[]): PublishedFile => ({ name: 'data.bin', size: BYTES.length, checksum: sha256(BYTES), urls });
const fetched = async (file: PublishedFile, options = {}) => readFile(await fetchFile(file, folder, options));
const failure = (file: PublishedFile, options = {}) =>
  fetched(file, options).then(
    () => 'nothing was wrong',
    (error: Error) => error.message.replaceAll(server.url(''), 'SERVER').replaceAll(folder, 'FOLDER'),
  );

describe('fetching a file', () => {
  it('brings its bytes, tells how far it is, and asks for nothing that is there', async () => {
    const file = published(server.file('/a', BYTES));
    const told: (number | undefined)[][] = [];
    expect(await fetched(file, { progress: (...own: (number | undefined)[]) => told.push(own) })).toEqual(BYTES);
    expect(told.at(-1)).toEqual([BYTES.length, BYTES.length]);
    expect(await fetched(file)).toEqual(BYTES);
    expect(server.asked).toHaveLength(1);
    expect(await readdir(folder)).toEqual(['data.bin']);
  });

  it('goes on where a connection was cut, again and again', async () => {
    expect(await fetched(published(server.cutting('/a', BYTES, 90_000)))).toEqual(BYTES);
    // What was under way when the server hung up may be lost.
    const begins = server.asked.map(({ range = 'bytes=0-' }) => Number(/^bytes=(\d+)-$/.exec(range)?.[1]));
    expect(begins.length).toBeGreaterThanOrEqual(3);
    expect(begins).toEqual([...new Set(begins)].sort((a, b) => a - b));
  });

  it('goes on with what an earlier call left, and begins anew where a server cannot', async () => {
    await writeFile(join(folder, 'data.bin.part'), BYTES.subarray(0, 70_000));
    expect(await fetched(published(server.file('/a', BYTES)))).toEqual(BYTES);
    expect(server.asked[0]?.range).toBe('bytes=70000-');
    await rm(join(folder, 'data.bin'));
    await writeFile(join(folder, 'data.bin.part'), BYTES.subarray(0, 70_000));
    const whole = server.on('/whole', (_request, response) => response.end(BYTES));
    expect(await fetched(published(whole))).toEqual(BYTES);
  });

  it('begins anew when what was left turns out to be of another file', async () => {
    await writeFile(join(folder, 'data.bin.part'), Buffer.alloc(70_000, 1));
    expect(await fetched(published(server.file('/a', BYTES)))).toEqual(BYTES);
    expect(server.asked.map(({ range }) => range)).toEqual(['bytes=70000-', undefined]);
  });

  it('takes bytes as they are served, also those that a server calls compressed content', async () => {
    const packed = gzipSync(BYTES);
    const url = server.on('/a.gz', (_request, response) => response.writeHead(200, { 'content-encoding': 'x-gzip' }).end(packed));
    expect(await fetched({ name: 'a.gz', size: packed.length, checksum: sha256(packed), urls: [url] })).toEqual(packed);
  });

  it('asks the mirror when the first server has other bytes, another length, no file, or says nothing', async () => {
    const other = Buffer.from(BYTES).fill(0, 1000, 1001);
    const bad = [
      server.file('/other', other),
      server.file('/page', Buffer.from('<html>sign in</html>')),
      server.url('/none'),
      server.on('/endless', (_request, response) => response.end(Buffer.concat([BYTES, BYTES]))),
      server.on('/silent', () => {}),
      'http://127.0.0.1:1/refused',
    ];
    const message = await failure(published(...bad), { patience: 200 });
    expect(message.split('\n')).toEqual([
      'data.bin could not be fetched:',
      `  SERVER/other serves other bytes: ${sha256(other)} instead of ${sha256(BYTES)}`,
      '  SERVER/page serves 20 bytes instead of 200,000: another file, or a page that asks for something',
      '  SERVER/none answers 404 Not Found',
      '  SERVER/endless serves 400,000 bytes instead of 200,000: another file, or a page that asks for something',
      '  SERVER/silent could not be read: nothing came for 0.2 s',
      expect.stringMatching(/^ {2}http:\/\/127.0.0.1:1\/refused could not be read: connect ECONNREFUSED/),
    ]);
    expect(await readdir(folder)).toEqual([]);
    expect(await fetched(published(...bad.slice(0, 3), server.file('/right', BYTES)))).toEqual(BYTES);
  });

  it('follows redirects', async () => {
    server.file('/there', BYTES);
    expect(
      await fetched(published(server.on('/here', (_request, response) => response.writeHead(302, { location: '/there' }).end()))),
    ).toEqual(BYTES);
    const round = server.on('/round', (_request, response) => response.writeHead(302, { location: '/round' }).end());
    expect(await failure({ ...published(round), name: 'b' })).toContain('redirects more than 5 times');
  });

  it('says that the disk is full, and keeps what is there', async (context) => {
    const small = join(folder, 'small');
    await promisify(execFile)('mkdir', [small]);
    const mounted = await promisify(execFile)('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', small]).catch(() => null);
    if (mounted === null) return context.skip('SKIPPED: a small disk is not mounted here (Linux, as root)');
    try {
      await expect(fetchFile(published(server.file('/a', BYTES)), small)).rejects.toThrow(
        /data.bin.part could not be written \(ENOSPC.*\): free some space and start again; what is there is kept/,
      );
      expect((await readFile(join(small, 'data.bin.part'))).length).toBeGreaterThan(0);
    } finally {
      await promisify(execFile)('umount', [small]);
    }
  });
});
