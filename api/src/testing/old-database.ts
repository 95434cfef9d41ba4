import { cp, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { applyMigrations, migrationsFolder } from '../postgres/migrate.ts';
import { createTestDatabase, type TestDatabase } from './database.ts';

/** A database as it stood before a migration. */
export async function databaseBefore(migration: string): Promise<TestDatabase> {
  const database = await createTestDatabase({ migrated: false });
  const folder = await mkdtemp(path.join(tmpdir(), 'studyhall-migrations-'));
  for (const name of await readdir(migrationsFolder))
    if (name < migration) await cp(path.join(migrationsFolder, name), path.join(folder, name), { recursive: true });
  await applyMigrations(database.url, { folder });
  await rm(folder, { recursive: true });
  return database;
}
