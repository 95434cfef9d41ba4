import { createHash, randomBytes } from 'node:crypto';
import { readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SmallDisk } from '../testing/small-disk.ts';
import { useApi } from '../testing/suite.ts';

/** Without the right to mount (a container without privileges) a disk cannot be filled without filling everybody's. */
const mayMount = await SmallDisk.isPossible();
if (!mayMount) console.warn('SKIPPED: a full disk of artifacts is not tested, for this process may not mount one to fill');

describe.skipIf(!mayMount)('a store on a disk that is full', () => {
  const folder = path.join(tmpdir(), `studyhall-full-${randomBytes(6).toString('hex')}`);
  let disk: SmallDisk;
  beforeAll(async () => {
    disk = await SmallDisk.mount(folder);
  });
  // Registered first, done last: the API goes before its disk.
  afterAll(async () => {
    await disk.unmount();
    await rm(folder, { recursive: true, force: true });
  });
  const suite = useApi({ ARTIFACT_FOLDER: folder });

  it('says so, keeps nothing of what was sent and all of what was there; with room again it takes the same bytes', async () => {
    const at = (bytes: Buffer) => `${suite.api.url}/artifacts/${createHash('sha256').update(bytes).digest('hex')}`;
    const put = async (bytes: Buffer) => {
      const headers = { authorization: `Bearer ${suite.api.trainerToken}` };
      const answer = await fetch(at(bytes), { method: 'PUT', body: new Uint8Array(bytes), headers });
      return { status: answer.status, said: await answer.text() };
    };
    const [earlier, later] = [randomBytes(1_000_000), randomBytes(3_000_000)];
    expect((await put(earlier)).status).toBe(201);
    await disk.fill();
    const full = await put(later);
    expect(full).toEqual({ status: 507, said: expect.stringContaining(`The disk that holds ${folder} is full: free some space`) });
    expect(await readdir(path.join(folder, 'incoming'))).toEqual([]);
    expect((await fetch(at(later))).status).toBe(404);
    expect(Buffer.from(await (await fetch(at(earlier))).arrayBuffer()).equals(earlier)).toBe(true);
    await disk.free();
    expect((await put(later)).status).toBe(201);
  });
});
