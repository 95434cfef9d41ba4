import { createHash, randomBytes } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { Readable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { collectArtifacts } from '../artifacts/collect.ts';
import { DiskStore } from '../artifacts/disk-store.ts';
import { UploadError } from '../artifacts/store.ts';
import { connect } from '../db.ts';
import { schedule, smallSpec, TestTrainer } from '../testing/fleet.ts';
import { raw } from '../testing/raw.ts';
import { useApi } from '../testing/suite.ts';

const sha256Of = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');

describe('artifacts', () => {
  const suite = useApi({ LEASE_SECONDS: '60' });
  const at = (sha256: string) => `${suite.api.url}/artifacts/${sha256}`;
  const put = (sha256: string, body: Buffer, token = suite.api.trainerToken) =>
    fetch(at(sha256), { method: 'PUT', body: new Uint8Array(body), headers: { authorization: `Bearer ${token}` } });

  it('are stored once their bytes are the ones announced, and served for ever', async () => {
    const bytes = randomBytes(100_000);
    const sha256 = sha256Of(bytes);
    expect((await fetch(at(sha256), { method: 'HEAD' })).status).toBe(404);
    expect((await put(sha256, bytes)).status).toBe(201);
    expect((await put(sha256, bytes)).status).toBe(200);
    const response = await fetch(at(sha256));
    expect(Buffer.from(await response.arrayBuffer()).equals(bytes)).toBe(true);
    expect(response.headers.get('cache-control')).toContain('immutable');
    const etag = response.headers.get('etag') ?? '';
    expect((await raw(at(sha256), { 'if-none-match': etag })).status).toBe(304);
    const head = await fetch(at(sha256), { method: 'HEAD' });
    expect([head.status, head.headers.get('content-length')]).toEqual([200, '100000']);
  });

  it('are served in parts', async () => {
    const bytes = randomBytes(1000);
    const sha256 = sha256Of(bytes);
    await put(sha256, bytes);
    const part = await fetch(at(sha256), { headers: { range: 'bytes=100-199' } });
    expect(part.status).toBe(206);
    expect(part.headers.get('content-range')).toBe('bytes 100-199/1000');
    expect(Buffer.from(await part.arrayBuffer()).equals(bytes.subarray(100, 200))).toBe(true);
    expect((await fetch(at(sha256), { headers: { range: 'bytes=5000-' } })).status).toBe(416);
  });

  it('of other bytes than announced are refused and never seen', async () => {
    const sha256 = sha256Of(randomBytes(10));
    const response = await put(sha256, randomBytes(5000));
    expect(response.status).toBe(400);
    expect(await response.text()).toMatch(/not [0-9a-f]{64}: send them again/);
    expect((await fetch(at(sha256))).status).toBe(404);
    expect(await readdir(path.join(suite.api.home, 'artifacts', 'incoming'))).toEqual([]);
  });

  it('need a token to be written, and a name that is a hash', async () => {
    const bytes = randomBytes(10);
    expect((await fetch(at(sha256Of(bytes)), { method: 'PUT', body: new Uint8Array(bytes) })).status).toBe(401);
    expect((await put('..%2F..%2Fetc%2Fpasswd', bytes)).status).toBe(400);
    expect((await fetch(at('..%2F..%2Fkey'))).status).toBe(404);
  });

  it('that are too large, or meet a full disk, are refused with the status that says so', async () => {
    const store = new DiskStore(path.join(suite.api.home, 'small'), 1000);
    await store.open();
    const refused = (body: Readable) =>
      store
        .receive(
          '0'.repeat(64),
          body,
          () => true,
          async () => {},
        )
        .catch((error: unknown) => error);
    expect(await refused(Readable.from([randomBytes(600), randomBytes(600)]))).toMatchObject({ status: 413 });
    const full = new Readable({ read: () => full.destroy(Object.assign(new Error('no space'), { code: 'ENOSPC' })) });
    const error = await refused(full);
    expect(error).toBeInstanceOf(UploadError);
    expect(error).toMatchObject({ status: 507, message: expect.stringMatching(/disk that holds .* is full: free some space/) });
    expect(await readdir(path.join(suite.api.home, 'small', 'incoming'))).toEqual([]);
  });

  it('that nothing refers to are collected after a while; what a run needs stays', async () => {
    const trainer = await TestTrainer.join(suite.api);
    await schedule(suite.api, smallSpec);
    const claim = await trainer.claimOrFail();
    const first = await trainer.commitTo(claim, [1]);
    const second = await trainer.commitTo(claim, [2]);
    const db = connect(suite.database.url);
    const store = new DiskStore(path.join(suite.api.home, 'artifacts'), 1e9);
    expect(await collectArtifacts(db, store)).toBe(0);
    await db.$executeRaw`UPDATE artifacts SET touched_at = now() - interval '1 day'`;
    expect(await collectArtifacts(db, store)).toBeGreaterThan(0);
    expect((await fetch(at(first))).status).toBe(404);
    expect((await fetch(at(second))).status).toBe(200);
    await db.$disconnect();
  });
});
