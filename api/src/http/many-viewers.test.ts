import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { PrismaPg } from '@prisma/adapter-pg';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { KnownTokens } from '../access/known-tokens.ts';
import { DiskStore } from '../artifacts/disk-store.ts';
import { readSettings } from '../env.ts';
import { Hub } from '../events/hub.ts';
import { SharedReads } from '../events/shared-reads.ts';
import { PrismaClient } from '../generated/prisma/client.ts';
import { CommitQueue } from '../jobs/train/commit-queue.ts';
import { KnownBoard } from '../leaderboard/known-board.ts';
import { WatchedBoard } from '../leaderboard/watched-board.ts';
import { StoredLogits } from '../logits/stored-logits.ts';
import { Monitor } from '../monitoring/monitor.ts';
import { Accounts } from '../people/accounts.ts';
import { Prepared } from '../postgres/prepared.ts';
import { type Server, startServer } from '../server.ts';
import { type Subscription, subscribe } from '../testing/client.ts';
import { epochRow, leaseOf, schedule, smallSpec, TestTrainer } from '../testing/fleet.ts';
import { useApi } from '../testing/suite.ts';

type Page = { runMetrics: { revision: number; epochs: { epoch: number; trainEntropy: number | null }[] } };

/** A statement that fails so often, as if Postgres had been cut off in it. */
const failing = { times: 0 };

describe('many who watch the same', () => {
  const suite = useApi({ LEASE_SECONDS: '60' });
  const statements: string[] = [];
  const closers: (() => Promise<unknown>)[] = [];
  let server: Server;
  // A second API over the same database, whose statements are counted.
  beforeAll(async () => {
    const log = pino({ level: 'silent' });
    const home = await mkdtemp(path.join(tmpdir(), 'studyhall-test-'));
    const client = new PrismaClient({ adapter: new PrismaPg({ connectionString: suite.database.url, max: 4 }) });
    const db = client.$extends({
      query: {
        $allOperations: async ({ operation, args, query }) => {
          statements.push(JSON.stringify([operation, args]));
          if (failing.times > 0) {
            failing.times -= 1;
            throw new Error('The connection broke.');
          }
          return query(args);
        },
      },
    }) as unknown as PrismaClient;
    const hub = new Hub(suite.database.url, log);
    await hub.open();
    const prepared = new Prepared(suite.database.url);
    const shared = new SharedReads();
    const store = new DiskStore(home, 0);
    const settings = readSettings({ API_PORT: '0', STUDYHALL_HOME: home, LOG_LEVEL: 'silent' });
    const commits = new CommitQueue(db, prepared, 60);
    const tokens = new KnownTokens(prepared, shared);
    const board = new WatchedBoard(db, hub);
    server = await startServer({
      db,
      reports: db,
      commits,
      tokens,
      accounts: new Accounts(db, log),
      hub,
      shared,
      board,
      knownBoard: new KnownBoard(db, prepared),
      settings,
      log,
      store,
      monitor: new Monitor(db, hub),
      logits: new StoredLogits(store),
      databaseUrl: suite.database.url,
    });
    closers.push(
      () => server.close(),
      () => hub.close(),
      () => prepared.close(),
      () => client.$disconnect(),
      () => rm(home, { recursive: true }),
    );
  });
  afterAll(async () => {
    for (const close of closers) await close();
  });

  const watch = <Data>(query: string, variables: Record<string, unknown>, count: number): Subscription<Data>[] =>
    Array.from({ length: count }, () => subscribe<Data>(server.url, query, variables));
  const claimNew = async () => {
    const trainer = await TestTrainer.join(suite.api);
    await schedule(suite.api, smallSpec);
    return { trainer, claim: await trainer.claimOrFail() };
  };
  const metrics = 'subscription ($id: ID!, $after: Int!) { runMetrics(id: $id, after: $after) { revision epochs { epoch trainEntropy } } }';

  it('a run’s metrics are read once for each change, wherever each of them began', async () => {
    const { trainer, claim } = await claimNew();
    await trainer.commit(claim, { epochs: [epochRow(0, 1)] });
    const viewers = [0, 1, 2].flatMap((after) => watch<Page>(metrics, { id: claim.runId, after }, 10));
    await Promise.all(viewers.map((viewer) => viewer.next()));
    statements.length = 0;
    await trainer.commit(claim, { epochs: [epochRow(0, 2, { trainEntropy: 1.25 })] });
    const pages = await Promise.all(viewers.map((viewer) => viewer.next()));
    // Its end, removals, rows of networks and of the cohort, measurements.
    expect(statements, statements.join('\n')).toHaveLength(5);
    for (const { runMetrics } of pages) expect(runMetrics.epochs).toEqual([{ epoch: 2, trainEntropy: 1.25 }]);
    await Promise.all(viewers.map((viewer) => viewer.close()));
  });

  it('a log, too', async () => {
    const { claim } = await claimNew();
    const viewers = watch<{ runLog: { text: string }[] }>(
      'subscription ($id: ID!) { runLog(id: $id) { seq text } }',
      { id: claim.runId },
      20,
    );
    await Promise.all(viewers.map((viewer) => viewer.next()));
    statements.length = 0;
    const report = 'mutation ($input: ReportLogInput!) { reportLog(input: $input) }';
    const lines = [{ key: 1, at: new Date(), text: 'epoch 1' }];
    await suite.api.get(report, { input: { lease: leaseOf(claim), lines } }, suite.api.trainerToken);
    const heard = await Promise.all(viewers.map((viewer) => viewer.until(({ runLog }) => runLog.length > 0)));
    for (const { runLog } of heard) expect(runLog.map(({ text }) => text)).toEqual(['epoch 1']);
    // Lines may follow those of a page: who has read some asks once more.
    expect(statements.length, statements.join('\n')).toBeLessThanOrEqual(2);
    await Promise.all(viewers.map((viewer) => viewer.close()));
  });

  it('a statement that fails ends nobody’s page, in the reading of a change or of what was asked of it: it comes later', async () => {
    const { trainer, claim } = await claimNew();
    const curves = watch<Page>(metrics, { id: claim.runId, after: 0 }, 3);
    const runs = watch<{ runChanged: { epochsDone: number } }>(
      'subscription ($id: ID!) { runChanged(id: $id) { epochsDone } }',
      { id: claim.runId },
      3,
    );
    await Promise.all([...curves, ...runs].map((viewer) => viewer.next()));
    failing.times = 4;
    await trainer.commit(claim, { epochs: [epochRow(0, 1)] });
    const pages = await Promise.all(curves.map((viewer) => viewer.next()));
    expect(pages.map(({ runMetrics }) => runMetrics.epochs.length)).toEqual([1, 1, 1]);
    await Promise.all(runs.map((viewer) => viewer.until(({ runChanged }) => runChanged.epochsDone === 1)));
    expect(failing.times).toBe(0);
    await Promise.all([...curves, ...runs].map((viewer) => viewer.close()));
  });

  it('a board that is as it was is not sent again; who asks it for no rows is told of every change', async () => {
    const { claim } = await claimNew();
    const rows = 'leaderboardChanged(first: 5) { edges { node { label runs { id note } } } }';
    const [board] = watch<{ leaderboardChanged: { edges: { node: { runs: { note: string }[] } }[] } }>(`subscription { ${rows} }`, {}, 1);
    const [told] = watch<object>('subscription { leaderboardChanged(first: 0) { totalCount } }', {}, 1);
    await Promise.all([board?.next(), told?.next()]);
    const announce = () =>
      suite.database.query(`SELECT pg_notify('studyhall', 'leaderboard:' || dataset_id) FROM runs WHERE id = $1`, [claim.runId]);
    await announce();
    await told?.next();
    const annotate = 'mutation ($id: ID!) { annotateRun(id: $id, note: "seen") { id } }';
    await suite.api.get(annotate, { id: claim.runId }, suite.api.key);
    await announce();
    const sent = await board?.next();
    expect(sent?.leaderboardChanged.edges.flatMap(({ node }) => node.runs.map(({ note }) => note))).toContain('seen');
    await Promise.all([board?.close(), told?.close()]);
  });
});
