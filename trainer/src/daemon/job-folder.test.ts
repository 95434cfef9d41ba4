import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { identify } from '../../../start/machine/process.mjs';
import type { StoredFile } from '../training/events.ts';
import { JobFolder } from './job-folder.ts';
import { claimOf, terms } from './testing/claim.ts';
import { commitOf } from './testing/reports.ts';

let jobs: string;
beforeEach(async () => {
  jobs = await mkdtemp(join(tmpdir(), 'studyhall-jobs-'));
});
afterEach(() => rm(jobs, { recursive: true }));

/** A file as training writes it, under a name of its own. */
async function written(workDir: string, text: string): Promise<StoredFile> {
  const path = join(workDir, 'checkpoint');
  await rm(path, { force: true });
  await writeFile(path, text);
  return { path, sha256: createHash('sha256').update(text).digest('hex'), bytes: text.length };
}

describe('a job’s folder', () => {
  it('keeps a checkpoint’s bytes, whatever its writer does to the file afterwards', async () => {
    const folder = await JobFolder.create(jobs, claimOf(), terms);
    const workDir = await folder.workDir();
    await folder.store(commitOf([1], { epoch: 1, teacherEpoch: null, file: await written(workDir, 'first') }));
    await folder.store(commitOf([2], { epoch: 2, teacherEpoch: null, file: await written(workDir, 'second') }));
    const pending = folder.outbox.pending.map(({ report }) => (report.kind === 'commit' ? report.checkpoint?.file.path : undefined));
    expect(await Promise.all(pending.map((path) => readFile(path ?? '', 'utf8')))).toEqual(['first', 'second']);
    await folder.close(true);
    expect(await readdir(jobs)).toEqual([]);
  });

  it('drops checkpoints that a newer one makes useless, delivered or not', async () => {
    const folder = await JobFolder.create(jobs, claimOf(), terms);
    const workDir = await folder.workDir();
    for (const epoch of [1, 2, 3])
      await folder.store(commitOf([epoch], { epoch, teacherEpoch: null, file: await written(workDir, `epoch ${epoch}`) }));
    await folder.dropSuperseded();
    expect(await readdir(join(folder.path, 'files'))).toEqual([folder.newestCheckpoint?.file.sha256]);
    expect(folder.newestCheckpoint?.epoch).toBe(3);
    await folder.close(true);
  });

  it('is found by the next daemon, with its claim, its reports and its newest checkpoint', async () => {
    const before = await JobFolder.create(jobs, claimOf({ attempt: 4 }), terms);
    await before.store(commitOf([1], { epoch: 1, teacherEpoch: null, file: await written(await before.workDir(), 'state') }));
    await before.notePid(123);
    await before.close(false);
    await mkdir(join(jobs, 'begun-but-never-claimed'));
    const [after, ...others] = await JobFolder.findAll(jobs);
    expect(others).toEqual([]);
    expect(await readdir(jobs)).toHaveLength(1);
    expect(after).toMatchObject({ lease: { jobId: 'job_1', attempt: 4 }, newestCheckpoint: { epoch: 1 } });
    expect(await after?.notedPid()).toBe(123);
    await after?.close(true);
  });

  it('whose claim a power cut left in part is set aside and named, and the others are found', async () => {
    const whole = await JobFolder.create(jobs, claimOf({ attempt: 4 }), terms);
    await whole.close(false);
    for (const [name, claim] of [
      ['empty', ''],
      ['cut', '{"claim":{"jobId"'],
      ['other', '{}'],
      ['newer', JSON.stringify({ claim: { ...claimOf(), kind: 'DREAM' }, terms })],
    ] as const) {
      await mkdir(join(jobs, 'all', name), { recursive: true });
      await writeFile(join(jobs, 'all', name, 'claim.json'), claim);
    }
    await rename(whole.path, join(jobs, 'all', 'whole'));
    const named: string[] = [];
    const found = await JobFolder.findAll(join(jobs, 'all'), (path) => named.push(path));
    expect(found.map(({ lease }) => lease.attempt)).toEqual([4]);
    expect(await readdir(join(jobs, 'all'))).toEqual(['whole']);
    expect(named.map((path) => path.replace(/-\d+$/, '')).sort()).toEqual(
      ['cut', 'empty', 'newer', 'other'].map((name) => join(jobs, `damaged-${name}`)),
    );
    expect(await readFile(join(named.find((path) => path.includes('cut')) ?? '', 'claim.json'), 'utf8')).toContain('jobId');
    await found[0]?.close(true);
  });

  it('that a daemon of the version before left, of a run and with its terms beside it, is gone on with', async () => {
    const { jobId, attempt, expiresAt, train } = claimOf();
    const { checkpointEvery: _, ...run } = train ?? {};
    const execution = { engine: 'COMPILED_CPU', checkpointEvery: 5, maxFailures: 3 };
    const before = {
      claim: { jobId, attempt, expiresAt, checkpoint: null, execution, ...run },
      terms: { renewSeconds: 5, stallSeconds: 30 },
    };
    await mkdir(join(jobs, 'job_1-1'));
    await writeFile(join(jobs, 'job_1-1', 'claim.json'), JSON.stringify(before));
    const [found] = await JobFolder.findAll(jobs);
    expect(found?.claim).toEqual(claimOf({ engine: 'COMPILED_CPU', stallSeconds: 30, train: { checkpointEvery: 5 } }));
    await found?.close(true);
  });

  it('notes what its process is known by beside its number', async () => {
    const folder = await JobFolder.create(jobs, claimOf(), terms);
    expect(await folder.notedIdentity()).toBeNull();
    await folder.notePid(process.pid);
    expect(await folder.notedIdentity()).toEqual(await identify(process.pid));
    await folder.close(true);
  });
});
