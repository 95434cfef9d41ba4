import { afterAll, beforeAll, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../testing/database.ts';
import { insertManyRuns } from '../testing/many-runs.ts';

const RUNS = 200;

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
  await insertManyRuns(database, RUNS, 1);
  // One group of them all: as many twins of one another.
  await database.query(`UPDATE networks SET twin_key = 'twin ' || index`);
  await database.query(`UPDATE runs SET group_key = repeat('a', 64), cohort_twin_key = 'cohort', method = 'INDEPENDENT'`);
});
afterAll(() => database.drop());

it('whom a change of a large group concerns is read run by run, not pair by pair', async () => {
  const read = async () => {
    const [counted] = await database.query<{ rows: number }>(
      `SELECT sum(seq_tup_read + coalesce(idx_tup_fetch, 0))::int AS rows FROM pg_stat_xact_user_tables WHERE relname IN ('runs', 'networks')`,
    );
    return counted?.rows ?? Number.NaN;
  };
  await database.query('BEGIN');
  for (const concerned of ['board_concerned', 'board_twins_of']) {
    const before = await read();
    expect(await database.query(`SELECT ${concerned}(ARRAY[repeat('a', 64)]) AS key`)).toEqual([{ key: 'a'.repeat(64) }]);
    expect((await read()) - before, concerned).toBeLessThan(20 * RUNS);
  }
  await database.query('COMMIT');
});
