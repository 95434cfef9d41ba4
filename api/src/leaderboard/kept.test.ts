import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { connect, type Db, Prisma, transact } from '../db.ts';
import { ApiError } from '../errors.ts';
import { Hub } from '../events/hub.ts';
import { settle } from '../jobs/ended.ts';
import { Prepared } from '../postgres/prepared.ts';
import { annotateRun, archiveRuns, cancelRuns, deleteRuns, retryRuns } from '../runs/control.ts';
import { createExperiment } from '../runs/experiment.ts';
import { scheduleRuns } from '../runs/schedule.ts';
import { upsertDatasets } from '../sql/datasets.ts';
import { endAttempts } from '../sql/lease.ts';
import { upsertMeasurements } from '../sql/measurements.ts';
import { readRecords } from '../testing/board-records.ts';
import { computeBoard } from '../testing/computed-board.ts';
import { createTestDatabase, type TestDatabase } from '../testing/database.ts';
import { shapes, smallSpec } from '../testing/fleet.ts';
import { patience } from '../testing/patience.ts';
import { readBoard } from './board.ts';
import { KnownBoard } from './known-board.ts';
import { rebuildBoard } from './rebuild.ts';
import { WatchedBoard } from './watched-board.ts';

const pair = [{ model: 'cnn' }, { model: 'cnn-32' }];
const taught = { distillation: { teachers: [{ trained: { network: { model: 'cnn' } } }] } };
/** Groups that are each other's twins, in part or as a whole, one of them under either name of its dataset. */
const specs = [
  { ...smallSpec, networks: pair },
  { ...smallSpec, networks: pair, dataset: 'copied' },
  { ...smallSpec, networks: pair, method: { mutual: {} } },
  { ...smallSpec, method: taught },
  smallSpec,
];

type Change =
  | { kind: 'schedule'; spec: number; seed: number; asked: boolean }
  | { kind: 'finish'; run: number; accuracy: number }
  | { kind: 'fail' | 'archive' | 'unarchive' | 'delete' | 'retry' | 'cancel' | 'annotate'; run: number };

const run = fc.nat(30);
const change: fc.Arbitrary<Change> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('schedule' as const),
      spec: fc.nat(specs.length - 1),
      seed: fc.integer({ min: 1, max: 2 }),
      asked: fc.boolean(),
    }),
  },
  { weight: 6, arbitrary: fc.record({ kind: fc.constant('finish' as const), run, accuracy: fc.integer({ min: 1, max: 9 }) }) },
  {
    weight: 5,
    arbitrary: fc.record({ kind: fc.constantFrom('fail', 'archive', 'unarchive', 'delete', 'retry', 'cancel', 'annotate'), run }),
  },
);

describe('the rows that are kept', () => {
  let database: TestDatabase;
  let db: Db;
  let hub: Hub;
  let watched: WatchedBoard;
  let prepared: Prepared;
  let known: KnownBoard;
  let experimentId: string;
  beforeAll(async () => {
    database = await createTestDatabase();
    db = connect(database.url);
    hub = new Hub(database.url, pino({ level: 'silent' }));
    await hub.open();
    watched = new WatchedBoard(db, hub);
    prepared = new Prepared(database.url);
    known = new KnownBoard(db, prepared);
    await upsertDatasets(db, [shapes, { ...shapes, name: 'copied' }]);
    experimentId = await createExperiment(db, { title: 'Kept?', note: '', createdBy: 'owner' });
  });
  afterAll(async () => {
    await hub.close();
    await Promise.all([db.$disconnect(), prepared.close()]);
    await database.drop();
  });

  /** A run ends as if a trainer had claimed it and reported. */
  const end = (runId: string, accuracy: number | undefined) =>
    transact(db, async (tx) => {
      const lease = new Date(Date.now() + 60_000);
      const where = { runId, state: { in: ['QUEUED' as const, 'RUNNING' as const] } };
      const { count } = await tx.job.updateMany({ where, data: { state: 'RUNNING', leaseExpiresAt: lease, attempt: { increment: 1 } } });
      if (count === 0) return;
      const job = await tx.job.findUniqueOrThrow({ where: { runId } });
      if (accuracy !== undefined) {
        const data = { validationAccuracy: accuracy / 10, testAccuracy: accuracy / 20, parameters: 1000 * accuracy, selectedEpoch: 3 };
        await tx.network.updateMany({ where: { runId }, data });
        await tx.run.updateMany({ where: { id: runId, cohortTwinKey: { not: null } }, data: { ensembleValidationAccuracy: accuracy / 9 } });
        await upsertMeasurements(tx, runId, job.id, [
          { epoch: 0, network: 0, other: -1, measure: 'entropy', split: 'VALIDATION', value: accuracy },
        ]);
      }
      const ending = accuracy === undefined ? ('FAILED' as const) : ('SUCCEEDED' as const);
      await settle(tx, await endAttempts(tx, Prisma.sql`id = ${job.id}`, { ending, failure: accuracy === undefined, permanent: true }));
    });

  const make = async (one: Change, ids: readonly string[]): Promise<void> => {
    if (one.kind === 'schedule') {
      const execution = { engine: 'AUTO' as const, checkpointEvery: 1, maxFailures: 3 };
      const more = { execution, priority: 0, note: '', tags: [], ...(one.asked ? { experimentId } : {}) };
      await transact(db, (tx) => scheduleRuns(tx, { spec: specs[one.spec], seeds: [one.seed], ...more }, 'owner'));
      return;
    }
    const id = ids[one.run % ids.length];
    if (id === undefined) return;
    if (one.kind === 'finish') return end(id, one.accuracy);
    if (one.kind === 'fail') return end(id, undefined);
    await transact(db, async (tx) => {
      if (one.kind === 'archive' || one.kind === 'unarchive') await archiveRuns(tx, [id], one.kind === 'archive');
      else if (one.kind === 'delete') await deleteRuns(tx, [id]);
      else if (one.kind === 'retry') await retryRuns(tx, [id]);
      else if (one.kind === 'cancel') await cancelRuns(tx, [id]);
      else await annotateRun(tx, id, { tags: [randomUUID()] });
    });
  };
  /** What may not be done to a run as it stands is refused; nothing else goes wrong. */
  const attempt = (one: Change, ids: readonly string[]) =>
    make(one, ids).catch((error: unknown) => {
      if (!(error instanceof ApiError)) throw error;
    });

  const tables = ['board_groups', 'board_rows', 'board_points', 'board_means', 'board_changes'];
  const kept = async () => {
    const all: Record<string, object[]> = {};
    for (const table of tables) all[table] = await database.query(`SELECT * FROM ${table} ORDER BY 1, 2`);
    return all;
  };
  const read = (sort: Parameters<typeof readRecords>[1]['sort']) =>
    readRecords(db, {
      filter: { members: 'ALL', includeTeachers: true, minSeeds: 0 },
      sort,
      direction: 'DESC',
      offset: 0,
      limit: 1000,
    });

  const expectKept = async () => {
    const computed = await computeBoard(db);
    const rows = await read('LABEL');
    const named = <Row extends { key: string; index: number | null }>(all: readonly Row[]) =>
      new Map(all.map((row) => [`${row.key} ${row.index}`, row]));
    const facts = named(
      rows.map(({ group_key: key, index, role, method, label, models, parameters, n, repeats, counts, experiment_id, points }) => ({
        ...{ key, index, role, method, label, models, parameters, n, repeats, total: counts.total, experiment: experiment_id },
        points: points.map(({ seed, runId, validationAccuracy, testAccuracy, twin }) => ({
          ...{ seed, runId, validation: validationAccuracy, test: testAccuracy },
          twin: twin && { validation: twin.validationAccuracy, test: twin.testAccuracy },
        })),
      })),
    );
    expect(facts).toEqual(named(computed.map(({ validation, gain, entropy, ...row }) => row)));
    // The order of figures is that of the means.
    const orders = [
      ['VALIDATION_ACCURACY', ({ validation }) => validation],
      ['VALIDATION_GAIN', ({ gain }) => gain],
      [{ measure: 'entropy', split: 'VALIDATION' }, ({ entropy }) => entropy],
    ] as const satisfies readonly (readonly [Parameters<typeof read>[0], (row: (typeof computed)[number]) => number | null])[];
    for (const [sort, figure] of orders) {
      const means = named(computed);
      const inOrder = (await read(sort)).map(({ group_key, index }) => {
        const row = means.get(`${group_key} ${index}`);
        return (row && figure(row)) ?? Number.NEGATIVE_INFINITY;
      });
      inOrder.forEach((value, i) => {
        if (i > 0) expect(value).toBeLessThanOrEqual((inOrder[i - 1] ?? 0) + 1e-12);
      });
    }
  };

  /** Those who watch are given the same rows, however few of them were read anew; those who ask too, however many were known. */
  const expectWatched = () =>
    vi.waitFor(async () => {
      const filter = { members: 'ALL' as const, includeTeachers: true, minSeeds: 0 };
      const page = { filter, sort: 'VALIDATION_ACCURACY' as const, direction: 'DESC' as const, offset: 0, limit: 1000 };
      const [{ rows }, now] = [await watched.read(page), await readBoard(db, page)];
      expect(rows).toEqual(now.rows);
      expect(await known.read(page)).toEqual(await readBoard(db, page));
    }, patience);

  it('are those that are computed, whatever becomes of runs, several at once', async () => {
    const scripts = fc.array(fc.array(change, { minLength: 1, maxLength: 6 }), { minLength: 2, maxLength: 8 });
    await fc.assert(
      fc.asyncProperty(scripts, async (script) => {
        await database.query('TRUNCATE runs, board_groups, board_rows, board_points, board_means CASCADE');
        await database.query(`SELECT board_announce(ARRAY['all'])`);
        for (const together of script) {
          const ids = (await db.run.findMany({ select: { id: true }, orderBy: { id: 'asc' } })).map(({ id }) => id);
          await Promise.all(together.map((one) => attempt(one, ids)));
          await expectKept();
          await expectWatched();
        }
        const before = await kept();
        await rebuildBoard(db);
        expect(await kept()).toEqual(before);
      }),
      { numRuns: 10 },
    );
  });

  it('are right again once the board was rebuilt, also while runs end', async () => {
    await Promise.all([1, 2, 3, 4].map((seed) => make({ kind: 'schedule', spec: seed % 4, seed: 1 + (seed % 2), asked: true }, [])));
    await database.query('DELETE FROM board_groups');
    await database.query(`UPDATE board_rows SET n = 7, validation_accuracy = 0.99`);
    await database.query(`INSERT INTO board_points VALUES ('gone', 0, '[]')`);
    const ids = (await db.run.findMany({ select: { id: true } })).map(({ id }) => id);
    const [groups] = await Promise.all([rebuildBoard(db), ...ids.map((id, i) => end(id, 1 + (i % 9))), rebuildBoard(db)]);
    expect(groups).toBe(new Set((await db.run.findMany({ where: { archivedAt: null } })).map(({ groupKey }) => groupKey)).size);
    await expectKept();
    expect((await kept()).board_points).not.toContainEqual(expect.objectContaining({ group_key: 'gone' }));
  });
});
