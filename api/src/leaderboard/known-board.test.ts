import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { connect, type Db } from '../db.ts';
import { Prepared } from '../postgres/prepared.ts';
import type { BoardPage } from '../sql/leaderboard.ts';
import { createTestDatabase, type TestDatabase } from '../testing/database.ts';
import { insertManyRuns } from '../testing/many-runs.ts';
import { readBoard } from './board.ts';
import { KnownBoard } from './known-board.ts';

describe('a page whose rows are known', () => {
  let database: TestDatabase;
  let db: Db;
  let prepared: Prepared;
  let board: KnownBoard;
  beforeAll(async () => {
    database = await createTestDatabase();
    db = connect(database.url);
    // Nine groups of five seeds, three rows each; three of them are INDEPENDENT.
    await insertManyRuns(database, 45);
    await database.query(`INSERT INTO experiments (id, slug, title) VALUES ('exp_1', 'kept', 'Kept?')`);
    await database.query(`UPDATE runs SET experiment_id = 'exp_1' WHERE id = 'run_00000007'`);
    prepared = new Prepared(database.url);
    board = new KnownBoard(db, prepared);
  });
  afterAll(async () => {
    await Promise.all([db.$disconnect(), prepared.close()]);
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
  const groupOf = async (run: string) => (await db.run.findUniqueOrThrow({ where: { id: run } })).groupKey;
  /** Groups whose rows are other objects after a change; the page is what it is without anything that is known. */
  const renewed = async (...statements: string[]): Promise<string[]> => {
    const before = new Set((await board.read(page())).rows);
    for (const statement of statements) await database.query(statement);
    const { rows, total } = await board.read(page());
    expect({ rows, total }).toEqual(await readBoard(db, page()));
    return [...new Set(rows.filter((row) => !before.has(row)).map(({ group_key }) => group_key))];
  };

  it('has the same objects as before, in whatever order, until something changes', async () => {
    expect(await renewed()).toEqual([]);
    const [{ rows: first }, { rows: again }] = [await board.read(page()), await board.read(page({ direction: 'ASC', limit: 7 }))];
    expect(again).toHaveLength(7);
    expect(again.every((row) => first.includes(row))).toBe(true);
  });

  it('has other rows for those whose twins have changed, though nothing else of them has', async () => {
    const [student, twin] = await Promise.all(['run_00000005', 'run_00000000'].map(groupOf));
    const groups = await renewed(`UPDATE networks SET validation_accuracy = 0.9 WHERE run_id < 'run_00000005' AND index = 0`);
    expect(groups).toContain(student);
    expect(groups).toContain(twin);
    expect(groups).toHaveLength(3);
  });

  it('has another row for one of whose network something further was measured', async () => {
    const group = await groupOf('run_00000003');
    expect(
      await renewed(`INSERT INTO measurements (run_id, epoch, network, other, measure, split, value)
        VALUES ('run_00000003', 0, 0, -1, 'entropy', 'VALIDATION', 0.5)`),
    ).toContain(group);
  });

  it('has the rows of before once its runs stand as they did, and others while they do not', async () => {
    const group = await groupOf('run_00000012');
    await database.query(`UPDATE jobs SET state = 'FAILED' WHERE run_id = 'run_00000012'`);
    const { rows: before } = await board.read(page());
    expect(await renewed(`UPDATE jobs SET state = 'CANCELLED' WHERE run_id = 'run_00000012'`)).toEqual([group]);
    await renewed(`UPDATE jobs SET state = 'FAILED' WHERE run_id = 'run_00000012'`);
    expect((await board.read(page())).rows.every((row) => before.includes(row))).toBe(true);
  });

  it('says how experiments are called now, and bytes', async () => {
    expect(await renewed(`UPDATE experiments SET title = 'Renamed'`)).toEqual([await groupOf('run_00000007')]);
    const renamed = await renewed(
      `INSERT INTO datasets (id, name, hash, views, classes, train_size, test_size, created_at)
        SELECT 'data_0', 'older', hash, views, classes, train_size, test_size, created_at - interval '1 day' FROM datasets`,
      `UPDATE runs SET dataset_id = 'data_0' WHERE id = 'run_00000030'`,
    );
    expect(renamed).toHaveLength(9);
    const archived = `UPDATE runs SET archived_at = now() WHERE id = 'run_00000030'`;
    expect(await renewed(archived)).toContain(await groupOf('run_00000030'));
    // Nothing of its group changes, but it was the last of that name.
    expect(await renewed(`DELETE FROM runs WHERE id = 'run_00000030'`)).toHaveLength(9);
  });

  it('is not read again until something has moved; where what it rests on is forgotten, it is', async () => {
    const { rows } = await board.read(page());
    await database.query(`UPDATE jobs SET progress = '{}' WHERE run_id = 'run_00000001'`);
    expect((await board.read(page())).rows).toBe(rows);
    // Under way when the page was read.
    await db.$transaction(async (tx) => {
      await tx.experiment.update({ where: { id: 'exp_1' }, data: { title: 'Under way' } });
      const { rows: meanwhile } = await board.read(page());
      expect(meanwhile).toBe(rows);
    });
    const { rows: after } = await board.read(page());
    expect(after).not.toBe(rows);
    expect((await board.read(page())).rows).toBe(after);
    await database.query('DELETE FROM board_moves');
    expect((await board.read(page())).rows).not.toBe(after);
  });

  it('rests on the thousand transactions that were noted last, of this server', async () => {
    const { rows: before } = await board.read(page());
    await database.query('INSERT INTO board_moves SELECT generate_series(-1500, -1)');
    await database.query('INSERT INTO board_moves SELECT txid_current() + 1000000');
    expect((await board.read(page())).rows).not.toBe((await board.read(page())).rows);
    // Whoever forgets them notes what it changes itself.
    const [own] = await database.query(
      `WITH noted AS (SELECT board_announce(ARRAY['nobody'])) SELECT txid_current()::text AS max, board_moves_forget(1000)::text AS done FROM noted`,
    );
    const kept = await database.query('SELECT count(*)::int, min(transaction)::int, max(transaction)::text FROM board_moves');
    expect(kept).toEqual([{ count: 1000, min: -999, max: own?.max }]);
    expect((await board.read(page())).rows).not.toBe(before);
    expect((await board.read(page())).rows).toBe((await board.read(page())).rows);
  });

  it('is read anew after a rebuild, whatever somebody had changed by hand', async () => {
    await database.query(`UPDATE board_points SET points = '[]'`);
    await board.read(page());
    expect(await renewed(`SELECT board_rewrite(ARRAY(SELECT DISTINCT group_key FROM runs))`)).toHaveLength(9);
  });

  it('is empty where nothing is asked for', async () => {
    const nothing = page({ filter: { members: 'ALL', includeTeachers: true, minSeeds: 99 } });
    expect(await board.read(nothing)).toEqual({ rows: [], total: 0 });
  });
});
