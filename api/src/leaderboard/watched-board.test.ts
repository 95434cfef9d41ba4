import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { connect, type Db } from '../db.ts';
import { Hub } from '../events/hub.ts';
import type { BoardPage } from '../sql/leaderboard.ts';
import { createTestDatabase, type TestDatabase } from '../testing/database.ts';
import { insertManyRuns } from '../testing/many-runs.ts';
import { patience } from '../testing/patience.ts';
import { readBoard } from './board.ts';
import { WatchedBoard } from './watched-board.ts';

describe('the board that is watched', () => {
  let database: TestDatabase;
  let db: Db;
  let hub: Hub;
  let board: WatchedBoard;
  beforeAll(async () => {
    database = await createTestDatabase();
    db = connect(database.url);
    // Nine groups of five seeds, three rows each; three of them are INDEPENDENT.
    await insertManyRuns(database, 45);
    await database.query(`INSERT INTO experiments (id, slug, title) VALUES ('exp_1', 'kept', 'Kept?')`);
    await database.query(`UPDATE runs SET experiment_id = 'exp_1' WHERE id = 'run_00000007'`);
    hub = new Hub(database.url, pino({ level: 'silent' }));
    await hub.open();
    board = new WatchedBoard(db, hub);
  });
  afterAll(async () => {
    await hub.close();
    await db.$disconnect();
    await database.drop();
  });

  const page = (changes: Partial<BoardPage> = {}): BoardPage => ({
    filter: { members: 'ALL', includeTeachers: true, minSeeds: 0 },
    sort: 'VALIDATION_ACCURACY',
    direction: 'DESC',
    offset: 0,
    limit: 101,
    ...changes,
  });
  const nameOf = ({ group_key, index }: { group_key: string; index: number | null }) => `${group_key} ${index}`;
  /** Which rows are other objects than they were. */
  const renewed = async (change: () => Promise<unknown>): Promise<string[]> => {
    const before = new Set((await board.read(page())).rows);
    await change();
    return vi.waitFor(async () => {
      const now = (await board.read(page())).rows.filter((row) => !before.has(row));
      expect(now.length).toBeGreaterThan(0);
      return [...new Set(now.map(({ group_key }) => group_key))];
    }, patience);
  };
  const groupOf = async (run: string) => (await db.run.findUniqueOrThrow({ where: { id: run } })).groupKey;

  it('gives the pages that a question gives, read together, each as if it were alone', async () => {
    const pages = [
      page(),
      page({ sort: 'LABEL', direction: 'ASC', offset: 4, limit: 5 }),
      page({ sort: { measure: 'nobody has this', split: 'TEST' }, limit: 10 }),
      page({ filter: { members: 'NETWORKS', includeTeachers: false, minSeeds: 0, search: 'group 3' } }),
      page({ filter: { members: 'ALL', includeTeachers: false, minSeeds: 6 } }),
    ];
    const watched = await Promise.all(pages.map((one) => board.read(one)));
    for (const [i, one] of pages.entries()) {
      const asked = await readBoard(db, one);
      expect(watched[i]?.rows).toEqual(asked.rows);
      expect(watched[i]?.total).toBe(asked.total);
    }
    const [first, again] = await Promise.all([board.read(page()), board.read(page({ direction: 'ASC' }))]);
    // Rows that nobody has changed are the same objects, whoever asks.
    expect(new Set([...first.rows, ...again.rows, ...(watched[0]?.rows ?? [])]).size).toBe(27);
  });

  it('reads anew what a twin’s end has changed, and nothing else', async () => {
    const [student, twin] = await Promise.all(['run_00000005', 'run_00000000'].map(groupOf));
    const groups = await renewed(() =>
      database.query(`UPDATE networks SET validation_accuracy = 0.9 WHERE run_id < 'run_00000005' AND index = 0`),
    );
    expect(groups).toContain(student);
    expect(groups).toContain(twin);
    expect(groups).toHaveLength(3);
    expect((await board.read(page())).rows[0]?.group_key).toBe(twin);
  });

  it('what is counted of a group’s runs: one that is queued again', async () => {
    const group = await groupOf('run_00000012');
    expect(await renewed(() => database.query(`UPDATE jobs SET state = 'FAILED' WHERE run_id = 'run_00000012'`))).toEqual([group]);
    expect(
      await renewed(() => database.query(`UPDATE jobs SET state = 'QUEUED', finished_at = NULL WHERE run_id = 'run_00000012'`)),
    ).toEqual([group]);
    const row = (await board.read(page())).rows.find(({ group_key }) => group_key === group);
    expect(row?.counts).toMatchObject({ queued: 1, failed: 0 });
  });

  it('how experiments are called, and what bytes are called', async () => {
    await renewed(() => database.query(`UPDATE experiments SET title = 'Renamed'`));
    const titles = (await board.read(page())).rows.flatMap(({ experiment }) => experiment?.title ?? []);
    expect(new Set(titles)).toEqual(new Set(['Renamed']));
    await database.query(`INSERT INTO datasets (id, name, hash, views, classes, train_size, test_size, created_at)
      SELECT 'data_0', 'older', hash, views, classes, train_size, test_size, created_at - interval '1 day' FROM datasets`);
    await database.query(`UPDATE runs SET dataset_id = 'data_0' WHERE id = 'run_00000030'`);
    const { rows } = await board.read(page());
    expect(new Set(rows.map(({ dataset }) => dataset.name))).toEqual(new Set(['older']));
  });

  it('reads all anew once it was cut off, for something may have changed meanwhile', async () => {
    const before = (await board.read(page())).rows;
    await database.query(
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE 'LISTEN%' AND datname = current_database()`,
    );
    await vi.waitFor(async () => {
      const { rows } = await board.read(page());
      expect(rows.map(nameOf)).toEqual(before.map(nameOf));
      expect(rows.some((row) => before.includes(row))).toBe(false);
    }, patience);
  });

  it('gives whole pages, however few groups it has room for', async () => {
    const small = new WatchedBoard(db, hub, 2);
    await small.read(page({ sort: 'LABEL', direction: 'ASC', limit: 5 }));
    const { rows } = await small.read(page({ sort: 'LABEL', direction: 'ASC' }));
    expect(rows.map(nameOf)).toEqual((await readBoard(db, page({ sort: 'LABEL', direction: 'ASC' }))).rows.map(nameOf));
  });

  it('a page that cannot be read is no other’s concern', async () => {
    const broken = page({ limit: -1 });
    const [good, bad] = await Promise.allSettled([board.read(page()), board.read(broken)]);
    expect([good.status, bad.status]).toEqual(['fulfilled', 'rejected']);
  });
});
