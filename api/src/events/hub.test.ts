import { describe, expect, it } from 'vitest';
import { ask } from '../testing/client.ts';
import { schedule, smallSpec, TestTrainer } from '../testing/fleet.ts';
import { useApi } from '../testing/suite.ts';

describe('changes', () => {
  const suite = useApi({ LEASE_SECONDS: '60' });

  it('reach a subscriber although the connection to Postgres was lost in between', async () => {
    const trainer = await TestTrainer.join(suite.api);
    const [runId] = await schedule(suite.api, smallSpec);
    const claim = await trainer.claimOrFail();
    type Page = { runMetrics: { epochs: { epoch: number }[] } };
    const metrics = suite.api.subscribe<Page>('subscription ($id: ID!) { runMetrics(id: $id) { epochs { epoch } } }', { id: runId });
    await metrics.next();
    await suite.database.query(
      'SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()',
    );
    await expect.poll(() => trainer.commitTo(claim, [1]).catch(() => undefined)).toBeDefined();
    expect((await metrics.next()).runMetrics.epochs).toEqual([{ epoch: 1 }]);
    await expect.poll(async () => (await fetch(`${suite.api.url}/healthz`)).status).toBe(200);
    await trainer.commitTo(claim, [2]);
    expect((await metrics.until(({ runMetrics }) => runMetrics.epochs.length > 0)).runMetrics.epochs).toEqual([{ epoch: 2 }]);
    await metrics.close();
    await trainer.commitTo(claim, [3]);
    await trainer.finish(claim, [0.5]);
  });

  it('arrive within milliseconds, and the live progress of a run with its ETA', async () => {
    const trainer = await TestTrainer.join(suite.api);
    const [runId] = await schedule(suite.api, smallSpec);
    const claim = await trainer.claimOrFail();
    type Run = { runChanged: { state: string; progress: { step: number; etaSeconds: number } | null } };
    const changes = suite.api.subscribe<Run>('subscription ($id: ID!) { runChanged(id: $id) { state progress { step etaSeconds } } }', {
      id: runId,
    });
    await changes.until(({ runChanged }) => runChanged.state === 'RUNNING');
    const progress = { phase: 'cohort', epoch: 1, epochs: 3, step: 10, steps: 50, loss: 1.2, imagesPerSecond: 640 };
    await trainer.renew(claim, progress);
    const { runChanged } = await changes.until((change) => change.runChanged.progress !== null);
    // 140 steps of 64 images at 640 images a second.
    expect(runChanged.progress).toEqual({ step: 10, etaSeconds: 14 });
    expect((await trainer.renew(claim, { ...progress, step: -1 })).errors?.[0]?.message).toMatch(/progress\.step is -1/);
    await changes.close();
    await trainer.complete(claim, [0.5]);
  });

  it('of the log are lines after a cursor; a line sent twice is kept once', async () => {
    const trainer = await TestTrainer.join(suite.api);
    const [runId] = await schedule(suite.api, smallSpec);
    const claim = await trainer.claimOrFail();
    const log = (lines: object[]) =>
      ask(
        suite.api.url,
        'mutation ($input: ReportLogInput!) { reportLog(input: $input) }',
        { input: { lease: { jobId: claim.jobId, attempt: 1 }, lines } },
        suite.api.trainerToken,
      );
    const line = (key: number) => ({ key, at: '2026-01-01T00:00:00Z', text: `line ${key}` });
    const lines = suite.api.subscribe<{ runLog: { seq: number; text: string }[] }>(
      'subscription ($id: ID!) { runLog(id: $id) { seq text level attempt } }',
      { id: runId },
    );
    expect((await lines.next()).runLog).toEqual([]);
    expect((await log([line(1), line(2), line(2)])).errors).toBeUndefined();
    expect((await lines.next()).runLog).toMatchObject([
      { seq: 1, text: 'line 1', level: 'INFO', attempt: 1 },
      { seq: 2, text: 'line 2' },
    ]);
    await log([line(2), line(3)]);
    expect((await lines.next()).runLog).toMatchObject([{ seq: 3, text: 'line 3' }]);
    await lines.close();
    expect((await log([{ ...line(4), text: 'x'.repeat(4001) }])).errors?.[0]?.message).toMatch(/4,001 characters; at most 4,000/);
    const { run } = await suite.api.get<{ run: object }>('query ($id: ID!) { run(id: $id) { log(last: 1) { seq } } }', { id: runId });
    expect(run).toEqual({ log: [{ seq: 3 }] });
    await suite.database.query(
      `INSERT INTO log_lines (job_id, seq, attempt, key, at, level, text)
       SELECT $1, n, 1, n, now(), 'INFO', 'much' FROM generate_series(4, 4500) n`,
      [claim.jobId],
    );
    const whole = suite.api.subscribe<{ runLog: { seq: number }[] }>('subscription ($id: ID!) { runLog(id: $id) { seq } }', { id: runId });
    // Page by page: a log without end is no single message.
    const pages = [await whole.next(), await whole.next(), await whole.next()];
    expect(pages.map(({ runLog }) => runLog.length)).toEqual([2000, 2000, 500]);
    expect(pages.flatMap(({ runLog }) => runLog.map(({ seq }) => seq))).toEqual(Array.from({ length: 4500 }, (_, i) => i + 1));
    await whole.close();
    await trainer.complete(claim, [0.5]);
  });

  it('in the fleet and the queue are told to trainers and pages', async () => {
    const trainer = await TestTrainer.join(suite.api);
    const work = suite.api.subscribe<{ workAvailable: boolean }>(
      'subscription ($id: ID!) { workAvailable(trainerId: $id) }',
      { id: trainer.id },
      suite.api.trainerToken,
    );
    await work.next();
    const trainers = suite.api.subscribe<{ trainersChanged: { id: string; state: string; running: { id: string }[] }[] }>(
      'subscription { trainersChanged { id state running { id } } }',
    );
    await trainers.next();
    const runs = suite.api.subscribe<{ runsChanged: { id: string; state: string } }>('subscription { runsChanged { id state } }');
    const board = suite.api.subscribe<{ leaderboardChanged: { totalCount: number } }>('subscription { leaderboardChanged { totalCount } }');
    const { leaderboardChanged } = await board.next();
    const heard = work.next();
    const [runId = ''] = await schedule(suite.api, { ...smallSpec, training: { epochs: 2 } });
    expect(await heard).toEqual({ workAvailable: true });
    await board.until((value) => value.leaderboardChanged.totalCount === leaderboardChanged.totalCount + 1);
    const claim = await trainer.claimOrFail();
    await trainers.until(({ trainersChanged }) => trainersChanged.some(({ running }) => running.some(({ id }) => id === runId)));
    await trainer.complete(claim, [0.5]);
    await runs.until(({ runsChanged }) => runsChanged.id === runId && runsChanged.state === 'SUCCEEDED');
    await suite.api.get('mutation ($id: ID!) { leaveFleet(trainerId: $id) }', { id: trainer.id }, suite.api.trainerToken);
    await trainers.until(({ trainersChanged }) => trainersChanged.some(({ id, state }) => id === trainer.id && state === 'OFFLINE'));
    await Promise.all([work.close(), trainers.close(), runs.close(), board.close()]);
  });
});
