import { setImmediate } from 'node:timers/promises';
import { pino } from 'pino';
import { describe, expect, it } from 'vitest';
import { cancelRuns } from '../runs/control.ts';
import { epochRow, schedule, smallSpec, type TestClaim, TestTrainer } from '../testing/fleet.ts';
import { useDatabase } from '../testing/rules-suite.ts';
import { useApi } from '../testing/suite.ts';
import { reapOnce, startReaper } from './reaper.ts';

type Job = { state: string; attempt: number; failures: number; reason: string | null; cancel_requested: boolean };

// Long leases: nothing lapses here unless a test lets it.
describe('a lease', () => {
  const suite = useDatabase();
  const job = async (claim: TestClaim): Promise<Job> => {
    const [row] = await suite.database.query<Job>('SELECT * FROM jobs WHERE id = $1', [claim.jobId]);
    if (!row) throw new Error('The job is gone.');
    return row;
  };
  const claimNew = async (more: object = {}) => {
    const trainer = await TestTrainer.join(suite.house);
    await schedule(suite.house, smallSpec, [1], { priority: 100, ...more });
    return { trainer, claim: await trainer.claimOrFail() };
  };
  const expire = (claim: TestClaim) =>
    suite.database.query(`UPDATE jobs SET lease_expires_at = now() - interval '1 second' WHERE id = $1`, [claim.jobId]);
  const reap = () => reapOnce(suite.db);

  it('that has expired can be renewed as long as nobody reaped it', async () => {
    const { trainer, claim } = await claimNew();
    await expire(claim);
    expect((await trainer.renew(claim)).errors).toBeUndefined();
    expect(await reap()).toEqual([]);
    expect(await job(claim)).toMatchObject({ state: 'RUNNING', failures: 0 });
    await trainer.complete(claim, [0.5]);
  });

  it('that was reaped is lost: whatever its holder still reports changes nothing and is told so', async () => {
    const { trainer, claim } = await claimNew();
    await trainer.commitTo(claim, [1]);
    await expire(claim);
    expect(await reap()).toMatchObject([{ job_id: claim.jobId, state: 'QUEUED' }]);
    const second = await trainer.claimOrFail();
    expect(second).toMatchObject({ jobId: claim.jobId, attempt: 2, checkpoint: { epoch: 1 } });

    const before = await suite.database.query('SELECT * FROM epoch_metrics WHERE run_id = $1', [claim.runId]);
    const stale = [
      await trainer.renew(claim),
      await trainer.commit(claim, { epochs: [epochRow(0, 2)] }),
      await trainer.finish(claim, [0.9]),
      await trainer.fail(claim),
      await trainer.handBack(claim),
      await trainer.reportLog(claim, [{ key: 1, text: 'late' }]),
    ];
    for (const { errors } of stale)
      expect(errors?.[0]).toMatchObject({ extensions: { code: 'LEASE_LOST' }, message: expect.stringContaining('Nothing was changed') });
    expect(await suite.database.query('SELECT * FROM epoch_metrics WHERE run_id = $1', [claim.runId])).toEqual(before);
    expect(await job(claim)).toMatchObject({ state: 'RUNNING', attempt: 2, failures: 1 });
    await trainer.commitTo(second, [2, 3]);
    expect((await trainer.finish(second, [0.5])).errors).toBeUndefined();
  });

  it('of somebody else, or of no job at all, gives no right', async () => {
    const { trainer, claim } = await claimNew();
    const foreign = await trainer.renew({ ...claim, attempt: 7 });
    expect(foreign.errors?.[0]?.extensions.code).toBe('LEASE_LOST');
    expect((await trainer.renew({ ...claim, jobId: 'job_none' })).errors?.[0]?.extensions.code).toBe('LEASE_LOST');
    await trainer.complete(claim, [0.5]);
  });

  it('handed back in good order is no failure, one that lapses is, and maxFailures ends it', async () => {
    const { trainer, claim } = await claimNew({ execution: { maxFailures: 2 } });
    expect((await trainer.handBack(claim)).data).toEqual({ handBackJob: true });
    expect(await job(claim)).toMatchObject({ state: 'QUEUED', failures: 0 });
    const second = await trainer.claimOrFail();
    await expire(second);
    await reap();
    expect(await job(claim)).toMatchObject({ state: 'QUEUED', failures: 1 });
    const third = await trainer.claimOrFail();
    expect((await trainer.fail(third, { error: 'Out of memory.' })).data).toEqual({ failJob: true });
    expect(await job(claim)).toMatchObject({ state: 'FAILED', failures: 2, reason: 'Out of memory.' });
    const attempts = await suite.db.attempt.findMany({ where: { jobId: claim.jobId }, orderBy: { attempt: 'asc' } });
    expect(attempts.map(({ outcome, error }) => [outcome, error])).toEqual([
      ['HANDED_BACK', 'redeploy'],
      ['LAPSED', 'The lease lapsed: the trainer was not heard of in time.'],
      ['FAILED', 'Out of memory.'],
    ]);
  });

  it('ends at once where trying again cannot help', async () => {
    const { trainer, claim } = await claimNew();
    await trainer.fail(claim, { error: 'Loss is NaN in epoch 2, term mutual.', permanent: true });
    expect(await job(claim)).toMatchObject({ state: 'FAILED', failures: 1 });
  });

  it('ended twice in the same way (its answer was lost) is ended once', async () => {
    const { trainer, claim } = await claimNew();
    await trainer.complete(claim, [0.5]);
    expect((await trainer.finish(claim, [0.5])).data).toEqual({ finishJob: true });
    const other = await claimNew();
    await other.trainer.fail(other.claim);
    expect((await other.trainer.fail(other.claim)).data).toEqual({ failJob: true });
    expect(await job(other.claim)).toMatchObject({ state: 'QUEUED', failures: 1 });
    const again = await other.trainer.claimOrFail();
    await other.trainer.handBack(again);
    expect((await other.trainer.handBack(again)).data).toEqual({ handBackJob: true });
    expect((await other.trainer.finish(again, [0.5])).errors?.[0]?.extensions.code).toBe('LEASE_LOST');
    await other.trainer.complete(await other.trainer.claimOrFail(), [0.5]);
  });

  it('of a trainer that vanished after a cancel ends CANCELLED, too', async () => {
    const { claim } = await claimNew();
    await suite.inTransaction((tx) => cancelRuns(tx, [claim.runId]));
    await expire(claim);
    await reap();
    expect(await job(claim)).toMatchObject({ state: 'CANCELLED' });
  });

  it('is not judged by a transaction that began too late', async () => {
    const { trainer, claim } = await claimNew();
    await expire(claim);
    await expect(reapOnce(suite.db, () => false)).rejects.toThrow();
    expect((await trainer.renew(claim)).errors).toBeUndefined();
    await trainer.complete(claim, [0.5]);
  });

  it('goes to one of many trainers that ask at once', async () => {
    const trainers = await Promise.all(Array.from({ length: 8 }, () => TestTrainer.join(suite.house)));
    await schedule(suite.house, smallSpec, [11, 12, 13]);
    const claims = (await Promise.all(trainers.map((trainer) => trainer.claim()))).filter((claim) => claim !== null);
    expect(claims.map(({ seed }) => seed).sort()).toEqual([11, 12, 13]);
    expect(new Set(claims.map(({ jobId }) => jobId)).size).toBe(3);
  });
});

describe('a lease whose holder listens', () => {
  const suite = useApi({ LEASE_SECONDS: '60' });

  it('hears of a cancel by subscription and by its next renewal, and ends CANCELLED', async () => {
    const trainer = await TestTrainer.join(suite.api);
    await schedule(suite.api, smallSpec);
    const claim = await trainer.claimOrFail();
    const cancels = suite.api.subscribe<{ cancelRequested: string[] }>(
      'subscription ($id: ID!) { cancelRequested(trainerId: $id) }',
      { id: trainer.id },
      suite.api.trainerToken,
    );
    const heard = cancels.next();
    const cancel = 'mutation ($ids: [ID!]!) { cancelRuns(ids: $ids) { state cancelRequested } }';
    const { cancelRuns } = await suite.api.get<{ cancelRuns: object[] }>(cancel, { ids: [claim.runId] }, suite.api.key);
    expect(cancelRuns).toEqual([{ state: 'RUNNING', cancelRequested: true }]);
    expect((await heard).cancelRequested).toEqual([claim.jobId]);
    await cancels.close();
    expect((await trainer.renew(claim)).data?.renewLease.cancelRequested).toBe(true);
    await trainer.fail(claim, { error: 'Stopped.', cancelled: true });
    expect(await suite.database.query('SELECT state, failures, cancel_requested FROM jobs')).toEqual([
      { state: 'CANCELLED', failures: 0, cancel_requested: false },
    ]);
  });
});

describe('the reaper', () => {
  const suite = useApi({ LEASE_SECONDS: '0.6', RENEW_SECONDS: '0.2' });

  it('waits one full lease after its start, then requeues what nobody renewed', async () => {
    const trainer = await TestTrainer.join(suite.api);
    const [runId] = await schedule(suite.api, smallSpec);
    const changes = suite.api.subscribe<{ runChanged: { state: string } }>('subscription ($id: ID!) { runChanged(id: $id) { state } }', {
      id: runId,
    });
    const reach = (state: string) => changes.until(({ runChanged }) => runChanged.state === state);
    await reach('QUEUED');
    const claim = await trainer.claimOrFail();
    await reach('RUNNING');
    await reach('QUEUED');
    expect((await trainer.renew(claim)).errors?.[0]?.extensions.code).toBe('LEASE_LOST');
    await trainer.handBack(await trainer.claimOrFail());
    const query = 'query ($id: ID!) { run(id: $id) { attempts { outcome } } }';
    expect(await suite.api.get(query, { id: runId })).toEqual({ run: { attempts: [{ outcome: 'lapsed' }, { outcome: 'handed back' }] } });
    await changes.close();
  });
});

describe('a process that was deaf', () => {
  const suite = useDatabase();

  it('reaps nothing by itself: what waited to be heard is heard first', async () => {
    const leaseSeconds = 0.4;
    const trainer = await TestTrainer.join(suite.house);
    await schedule(suite.house, smallSpec);
    const lapses = await trainer.claimOrFail();
    const expire = (interval: string) => suite.database.query(`UPDATE jobs SET lease_expires_at = now() + interval '${interval}'`);
    const state = async () => (await suite.database.query<{ state: string }>('SELECT state FROM jobs'))[0]?.state;
    await expire('-1 second');
    const reaper = startReaper(suite.db, leaseSeconds, pino({ level: 'silent' }));
    // Now the reaper is at work.
    await expect.poll(state).toBe('QUEUED');
    const claim = await trainer.claimOrFail();
    expect(claim.jobId).toBe(lapses.jobId);
    await expire('1.2 seconds');
    // Nothing is heard meanwhile, no renewal either; afterwards the reaper's timer comes first.
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1400);
    await setImmediate();
    await setImmediate();
    await reaper.stop();
    expect((await trainer.renew(claim)).errors).toBeUndefined();
    await trainer.complete(claim, [0.5]);
  });
});
