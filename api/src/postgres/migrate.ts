import { createHash, randomUUID } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type pg from 'pg';
import { Umzug } from 'umzug';
import { createClient } from './client.ts';

/** The lock that `prisma migrate` takes: whoever migrates, by whichever tool, does so alone. */
const prismaLock = 72707369;

export const migrationsFolder = fileURLToPath(new URL('../../../prisma/migrations', import.meta.url));

/**
 * Applies the migrations that the database does not have yet, each in its own transaction, and records them where Prisma looks:
 * `prisma migrate status` sees a database in sync.
 *
 * @param only of those in the folder: the ones that a backup was made with
 * @returns the names of those applied now.
 * @throws if the database is another program's, has migrations that this code does not know (it is newer), or if one fails (then nothing of it
 * remains).
 */
export async function applyMigrations(
  databaseUrl: string,
  { folder = migrationsFolder, only }: { folder?: string; only?: readonly string[] } = {},
): Promise<string[]> {
  const client = createClient(databaseUrl);
  await client.connect();
  try {
    await client.query(`SET lock_timeout = '60s'`);
    await client.query(`SELECT pg_advisory_lock(${prismaLock})`);
    const known = (await readdir(folder, { withFileTypes: true })).filter((entry) => entry.isDirectory()).map((entry) => entry.name);
    known.sort();
    const executed = await appliedMigrations(client);
    if (!executed.some((name) => known.includes(name))) await refuseForeign(client);
    await client.query(createTable);
    refuseNewer(executed, known);
    const umzug = new Umzug({
      context: client,
      logger: undefined,
      migrations: known.filter((name) => !only || only.includes(name)).map((name) => ({ name, up: () => apply(client, folder, name) })),
      storage: { executed: async () => executed, logMigration: async () => {}, unlogMigration: async () => {} },
    });
    const done = await umzug.up();
    return done.map(({ name }) => name);
  } finally {
    await client.end();
  }
}

async function apply(client: pg.Client, folder: string, name: string): Promise<void> {
  const sql = await readFile(path.join(folder, name, 'migration.sql'), 'utf8');
  const checksum = createHash('sha256').update(sql).digest('hex');
  await client.query('BEGIN');
  try {
    await client.query(sql);
    await client.query(
      'INSERT INTO _prisma_migrations (id, checksum, migration_name, finished_at, applied_steps_count) VALUES ($1, $2, $3, now(), 1)',
      [randomUUID(), checksum, name],
    );
    await client.query('COMMIT');
  } catch (error) {
    await client.query('ROLLBACK');
    throw new Error(`Migration ${name} failed, the database is as it was before: ${(error as Error).message}`, { cause: error });
  }
}

/** Of a database that has migrations: the names of those that were applied, in their order. */
export const listApplied =
  'SELECT migration_name AS name FROM _prisma_migrations WHERE finished_at IS NOT NULL AND rolled_back_at IS NULL ORDER BY 1';

/** The migrations that a database has had, in their order; none of one that is empty. */
export async function appliedMigrations(client: pg.ClientBase): Promise<string[]> {
  const { rows: tables } = await client.query<{ there: boolean }>(`SELECT to_regclass('_prisma_migrations') IS NOT NULL AS there`);
  if (!tables[0]?.there) return [];
  const { rows } = await client.query<{ name: string }>(listApplied);
  return rows.map(({ name }) => name);
}

/** DATABASE_URL is a name that many programs use: tables of another's, without any of ours, are left alone. An extension's are nobody's. */
async function refuseForeign(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ name: string }>(`
    SELECT c.relname AS name FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE n.nspname = current_schema() AND c.relkind IN ('r', 'p', 'v', 'm', 'f') AND c.relname <> '_prisma_migrations'
      AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'e')
    ORDER BY 1 LIMIT 3`);
  if (rows.length === 0) return;
  throw new Error(
    `The database holds tables of another program (${rows.map(({ name }) => name).join(', ')}) and none of Studyhall's. ` +
      'Set DATABASE_URL to a database of its own, or to nothing for the embedded one. Nothing was changed.',
  );
}

function refuseNewer(executed: readonly string[], known: readonly string[]): void {
  const unknown = executed.filter((name) => !known.includes(name));
  if (unknown.length === 0) return;
  throw new Error(
    `The database was written by a newer Studyhall: it has the migration ${unknown.join(', ')}, which this version does not know. ` +
      'Update this Studyhall, or use another database (STUDYHALL_HOME or DATABASE_URL). Nothing was changed.',
  );
}

/** As Prisma itself creates it. */
const createTable = `CREATE TABLE IF NOT EXISTS _prisma_migrations (
  id VARCHAR(36) PRIMARY KEY NOT NULL, checksum VARCHAR(64) NOT NULL, finished_at TIMESTAMPTZ,
  migration_name VARCHAR(255) NOT NULL, logs TEXT, rolled_back_at TIMESTAMPTZ,
  started_at TIMESTAMPTZ NOT NULL DEFAULT now(), applied_steps_count INTEGER NOT NULL DEFAULT 0)`;
