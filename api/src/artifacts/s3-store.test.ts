import { createHash, randomBytes } from 'node:crypto';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { startTestApi } from '../testing/api.ts';
import { createTestDatabase } from '../testing/database.ts';
import { TestS3 } from '../testing/s3.ts';
import { S3Store } from './s3-store.ts';

const sha256Of = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');

describe('artifacts in a bucket', () => {
  let s3: TestS3;
  let folder: string;
  let store: S3Store;
  beforeAll(async () => {
    s3 = await TestS3.start();
    folder = await mkdtemp(path.join(tmpdir(), 'studyhall-test-'));
    store = new S3Store(s3.settings, folder, 1e6);
    await store.open();
  });
  afterAll(async () => {
    await s3.close();
    await rm(folder, { recursive: true });
  });
  afterEach(async () => {
    s3.fate = () => 'answered';
    expect(await readdir(folder)).toEqual([]);
  });

  const kept: number[] = [];
  const put = (bytes: Buffer, name = sha256Of(bytes)) =>
    store.receive(
      name,
      Readable.from([bytes]),
      () => true,
      async (size) => void kept.push(size),
    );
  const failing = (change: object) => new S3Store({ ...s3.settings, ...change }, folder, 1e6).open();

  it('are there once they were put, whole and in parts, and gone once removed', async () => {
    const bytes = randomBytes(200_000);
    const sha256 = sha256Of(bytes);
    expect(await store.size(sha256)).toBeUndefined();
    expect(await put(bytes)).toBe(200_000);
    expect(kept.at(-1)).toBe(200_000);
    expect([...s3.files.keys()]).toEqual([`lab/${sha256}`]);
    expect(await store.size(sha256)).toBe(200_000);
    expect((await buffer(store.read(sha256))).equals(bytes)).toBe(true);
    expect((await buffer(store.read(sha256, { start: 10, end: 19 }))).equals(bytes.subarray(10, 20))).toBe(true);
    await store.remove(sha256);
    await store.remove(sha256);
    expect(await store.size(sha256)).toBeUndefined();
    await expect(buffer(store.read(sha256))).rejects.toThrow(`There is no file ${sha256} in the bucket artifacts`);
  });

  it('of other bytes than announced never reach it', async () => {
    const asked = s3.asked.length;
    await expect(put(randomBytes(10), '0'.repeat(64))).rejects.toMatchObject({ status: 400 });
    expect(s3.asked.length).toBe(asked);
  });

  it('are listed over pages by their age; what else lies in the bucket is not', async () => {
    const all = await Promise.all(
      Array.from({ length: 7 }, async () => {
        const bytes = randomBytes(10);
        await put(bytes);
        return sha256Of(bytes);
      }),
    );
    const [young = '', ...old] = all.sort();
    for (const sha256 of old) s3.files.set(`lab/${sha256}`, { bytes: Buffer.alloc(1), at: new Date(0) });
    s3.files.set('lab/notes.txt', { bytes: Buffer.alloc(1), at: new Date(0) });
    s3.files.set(`other/${'1'.repeat(64)}`, { bytes: Buffer.alloc(1), at: new Date(0) });
    const found: string[] = [];
    for await (const sha256 of store.olderThan(60_000)) found.push(sha256);
    expect(found).toEqual(old);
    expect(found).not.toContain(young);
  });

  it.each(['broken', 503, 429] as const)('that meet trouble which passes (%s) are sent again', async (trouble) => {
    let times = 0;
    s3.fate = ({ method }) => (method === 'PUT' && times++ === 0 ? trouble : 'answered');
    const bytes = randomBytes(300_000);
    expect(await put(bytes)).toBe(300_000);
    expect(s3.files.get(`lab/${sha256Of(bytes)}`)?.bytes.equals(bytes)).toBe(true);
  });

  it('that meet a store which is gone are refused for now, with its name, and nothing is recorded', async () => {
    const before = kept.length;
    s3.fate = () => 'broken';
    const refused = put(randomBytes(300_000));
    await expect(refused).rejects.toMatchObject({
      status: 503,
      message: expect.stringContaining('the bucket artifacts at http://127.0.0.1:'),
    });
    await expect(refused).rejects.toThrow(/cannot be reached/);
    expect(kept.length).toBe(before);
  });

  it('that meet a store which is slow in mid-upload wait for it so long and no longer', async () => {
    const hasty = new S3Store(s3.settings, folder, 1e6, { answerMs: 50, uploadMs: 50 });
    const bytes = randomBytes(1000);
    s3.fate = () => 'silence';
    const refused = hasty.receive(
      sha256Of(bytes),
      Readable.from([bytes]),
      () => true,
      async () => {},
    );
    await expect(refused).rejects.toMatchObject({ status: 503, message: expect.stringContaining('no answer within 0.051 s') });
  });

  it('refused by a proxy for their size are so once, with what to raise', async () => {
    const asked = s3.asked.length;
    s3.fate = ({ method }) => (method === 'PUT' ? 413 : 'answered');
    await expect(put(randomBytes(1000))).rejects.toThrow(/answers PUT with status 413: .*client_max_body_size/);
    expect(s3.asked.length).toBe(asked + 1);
  });

  it.each([
    [{ secretAccessKey: 'wrong' }, /status 403 \(SignatureDoesNotMatch\): check S3_ACCESS_KEY_ID/],
    [{ accessKeyId: 'nobody' }, /InvalidAccessKeyId/],
    [{ bucket: 'other' }, /status 404 \(NoSuchBucket\): there is no such bucket/],
  ])('whose settings are wrong are said to be at the start: %j', async (change, message) => {
    await expect(failing(change)).rejects.toThrow(message);
  });

  it('whose bucket is away at the start keep nobody from starting', async () => {
    s3.fate = () => 503;
    await expect(failing({})).resolves.toBeUndefined();
  });
});

it('what an API has in a bucket that is away is refused for now, in an answer that no browser keeps', async () => {
  const s3 = await TestS3.start();
  const database = await createTestDatabase();
  const api = await startTestApi(database.url, s3.environment);
  const bytes = randomBytes(1000);
  const at = `${api.url}/artifacts/${sha256Of(bytes)}`;
  const put = await fetch(at, { method: 'PUT', body: new Uint8Array(bytes), headers: { authorization: `Bearer ${api.trainerToken}` } });
  expect(put.status).toBe(201);
  s3.fate = ({ method }) => (method === 'GET' ? 503 : 'answered');
  const refused = await fetch(at);
  expect([refused.status, refused.headers.get('cache-control'), refused.headers.get('etag')]).toEqual([503, 'no-store', null]);
  expect(await refused.json()).toEqual({ error: expect.stringContaining('Artifacts cannot be stored or read now: the bucket artifacts') });
  s3.fate = () => 'answered';
  const answer = await fetch(at);
  expect(answer.headers.get('cache-control')).toContain('immutable');
  expect(Buffer.from(await answer.arrayBuffer()).equals(bytes)).toBe(true);
  await api.close();
  await database.drop();
  await s3.close();
});
