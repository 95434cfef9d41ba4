import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { connect, type Db } from '../db.ts';
import { createTestDatabase, type TestDatabase } from '../testing/database.ts';
import { collectArtifacts } from './collect.ts';
import { DiskStore } from './disk-store.ts';

let database: TestDatabase;
let db: Db;
let home: string;
beforeAll(async () => {
  database = await createTestDatabase();
  db = connect(database.url);
  home = await mkdtemp(path.join(tmpdir(), 'studyhall-test-'));
});
afterAll(async () => {
  await db.$disconnect();
  await database.drop();
  await rm(home, { recursive: true, force: true });
});

it('thousands of unused artifacts go in many short transactions; who is using one at this moment neither waits nor loses it', async () => {
  await database.query('CREATE TABLE gone (transaction text)');
  await database.query(
    `CREATE FUNCTION note() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN INSERT INTO gone SELECT pg_current_xact_id()::text; RETURN NULL; END $$`,
  );
  await database.query('CREATE TRIGGER note AFTER DELETE ON artifacts FOR EACH ROW EXECUTE FUNCTION note()');
  await database.query(
    `INSERT INTO artifacts (sha256, bytes, touched_at) SELECT encode(sha256(i::text::bytea), 'hex'), 1, now() - interval '1 day' FROM generate_series(1, 1050) i`,
  );
  await database.query('BEGIN');
  await database.query(`UPDATE artifacts SET touched_at = now() WHERE sha256 = encode(sha256('7'::bytea), 'hex')`);
  const store = new DiskStore(home, 1e9);
  await store.open();
  expect(await collectArtifacts(db, store)).toBe(1049);
  await database.query('COMMIT');
  expect(await database.query('SELECT count(*)::int AS left FROM artifacts')).toEqual([{ left: 1 }]);
  const sizes = await database.query<{ size: number }>('SELECT count(*)::int AS size FROM gone GROUP BY transaction');
  expect(sizes.length).toBeGreaterThanOrEqual(10);
  expect(Math.max(...sizes.map(({ size }) => size))).toBeLessThanOrEqual(100);
});
