import { chmod, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { startEmbeddedPostgres } from '../../api/src/postgres/embedded.ts';
import { applyMigrations } from '../../api/src/postgres/migrate.ts';
import { differences, readPrismaTables, type Table } from './prisma-tables.ts';

// `prisma migrate diff` would do, but asks for Prisma's native engine, which not every machine can download.
const schema = await readFile(path.resolve(import.meta.dirname, '../../prisma/schema.prisma'), 'utf8');
const home = await mkdtemp(path.join(tmpdir(), 'studyhall-migrations-'));
await chmod(home, 0o755);
const postgres = await startEmbeddedPostgres({ home, settings: { fsync: 'off' }, detached: false });
try {
  await applyMigrations(postgres.url);
  for (const difference of differences(readPrismaTables(schema), await readDatabaseTables(postgres.url))) {
    console.error(difference);
    process.exitCode = 1;
  }
} finally {
  await postgres.stop();
  await rm(home, { recursive: true, force: true });
}

async function readDatabaseTables(url: string): Promise<Table[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const { rows } = await client.query<Table>(`
      SELECT c.relname AS name,
        (SELECT jsonb_object_agg(a.attname, CASE
            WHEN t.typelem <> 0 AND t.typcategory = 'A' THEN (SELECT e.typname FROM pg_type e WHERE e.oid = t.typelem) || '[]'
            WHEN a.attnotnull THEN t.typname ELSE t.typname || '?' END)
         FROM pg_attribute a JOIN pg_type t ON t.oid = a.atttypid
         WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped) AS columns,
        ARRAY(SELECT CASE WHEN i.indisprimary THEN 'primary' WHEN i.indisunique THEN 'unique' ELSE 'index' END || ' (' ||
            (SELECT string_agg(a.attname, ',' ORDER BY k.place) FROM unnest(i.indkey) WITH ORDINALITY k (number, place)
             JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = k.number) || ')'
          FROM pg_index i WHERE i.indrelid = c.oid AND i.indpred IS NULL) AS keys
      FROM pg_class c
      WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r' AND c.relname <> '_prisma_migrations'`);
    return rows;
  } finally {
    await client.end();
  }
}
