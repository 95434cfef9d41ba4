import { createHash } from 'node:crypto';
import { cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../testing/database.ts';
import { applyMigrations, migrationsFolder } from './migrate.ts';

describe('migrations', () => {
  let database: TestDatabase;
  let folder: string;
  const add = async (name: string, sql: string) => {
    await mkdir(path.join(folder, name));
    await writeFile(path.join(folder, name, 'migration.sql'), sql);
  };
  beforeAll(async () => {
    database = await createTestDatabase();
    folder = await mkdtemp(path.join(tmpdir(), 'studyhall-migrations-'));
    await cp(migrationsFolder, folder, { recursive: true });
  });
  afterAll(async () => {
    await database.drop();
    await rm(folder, { recursive: true, force: true });
  });

  it('are recorded as Prisma itself would have', async () => {
    const recorded = await database.query<{ migration_name: string; checksum: string }>('SELECT * FROM _prisma_migrations ORDER BY 1');
    const known = (await readdir(migrationsFolder, { withFileTypes: true })).filter((entry) => entry.isDirectory());
    expect(recorded.map(({ migration_name }) => migration_name).sort()).toEqual(known.map(({ name }) => name).sort());
    for (const { migration_name, checksum } of recorded) {
      const sql = await readFile(path.join(migrationsFolder, migration_name, 'migration.sql'));
      expect(checksum).toBe(createHash('sha256').update(sql).digest('hex'));
    }
  });

  it('bring an old database up to newer code, keeping its rows', async () => {
    await database.query(`INSERT INTO experiments (id, slug, title) VALUES ('exp_1', 'kept', 'Kept')`);
    await add('20990101000000_newer', 'ALTER TABLE experiments ADD COLUMN colour TEXT');
    expect(await applyMigrations(database.url, { folder })).toEqual(['20990101000000_newer']);
    expect(await applyMigrations(database.url, { folder })).toEqual([]);
    expect(await database.query('SELECT title, colour FROM experiments')).toEqual([{ title: 'Kept', colour: null }]);
  });

  it('refuse a database that newer code has written, and leave it alone', async () => {
    await expect(applyMigrations(database.url)).rejects.toThrow(
      /newer Studyhall: it has the migration 20990101000000_newer.*Nothing was changed/,
    );
  });

  it('leave the database of another program alone, which DATABASE_URL may be about', async () => {
    const theirs = await createTestDatabase();
    await theirs.query('DROP SCHEMA public CASCADE; CREATE SCHEMA public; CREATE TABLE users (id INT)');
    const refusal = /tables of another program \(users\) and none of Studyhall's.*Nothing was changed/;
    await expect(applyMigrations(theirs.url)).rejects.toThrow(refusal);
    expect(await theirs.query(`SELECT to_regclass('_prisma_migrations') AS made`)).toEqual([{ made: null }]);
    // Prisma's own table, of their migrations.
    await theirs.query('CREATE TABLE _prisma_migrations (migration_name TEXT, finished_at TIMESTAMPTZ, rolled_back_at TIMESTAMPTZ)');
    await theirs.query(`INSERT INTO _prisma_migrations VALUES ('20240101000000_init', now(), NULL)`);
    await expect(applyMigrations(theirs.url)).rejects.toThrow(refusal);
    await theirs.query('DROP TABLE users, _prisma_migrations');
    expect((await applyMigrations(theirs.url)).length).toBeGreaterThan(0);
    await theirs.drop();
  });

  it('that fail leave nothing behind, and work once they are mended', async () => {
    await add('20990102000000_broken', 'CREATE TABLE half (id INT); SELECT no_such_function();');
    await expect(applyMigrations(database.url, { folder })).rejects.toThrow(
      /20990102000000_broken failed, the database is as it was before.*no_such/,
    );
    expect(await database.query(`SELECT to_regclass('half') AS half`)).toEqual([{ half: null }]);
    await writeFile(path.join(folder, '20990102000000_broken', 'migration.sql'), 'CREATE TABLE half (id INT)');
    expect(await applyMigrations(database.url, { folder })).toEqual(['20990102000000_broken']);
  });

  it('that two processes start at once are applied once', async () => {
    await add('20990103000000_raced', 'CREATE TABLE raced (id INT)');
    const applied = await Promise.all([applyMigrations(database.url, { folder }), applyMigrations(database.url, { folder })]);
    expect(applied.flat()).toEqual(['20990103000000_raced']);
  });
});
