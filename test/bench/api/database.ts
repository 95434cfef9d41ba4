import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { startEmbeddedPostgres } from '../../../api/src/postgres/embedded.ts';
import { applyMigrations } from '../../../api/src/postgres/migrate.ts';
import type { TestDatabase } from '../../../api/src/testing/database.ts';

export type Database = Pick<TestDatabase, 'url' | 'query' | 'drop'>;

/** A Postgres for the measurement alone, which writes to disk as in production: with fsync, for what was acknowledged is durable. */
export async function openDatabase(): Promise<Database> {
  const home = await mkdtemp(join(tmpdir(), 'studyhall-bench-postgres-'));
  // Postgres may run as another user, who has to be able to enter.
  await chmod(home, 0o755);
  const postgres = await startEmbeddedPostgres({ home, detached: false });
  await applyMigrations(postgres.url);
  const client = new pg.Client({ connectionString: postgres.url });
  // Ctrl-C ends Postgres, too.
  client.on('error', () => {});
  await client.connect();
  return {
    url: postgres.url,
    query: async <Row extends pg.QueryResultRow>(sql: string, given?: unknown[]) => (await client.query<Row>(sql, given)).rows,
    drop: async () => {
      await client.end();
      await postgres.stop();
      await rm(home, { recursive: true, force: true });
    },
  };
}
