import pg from 'pg';
import { applyMigrations } from '../../../api/src/postgres/migrate.ts';
import type { TestDatabase } from '../../../api/src/testing/database.ts';
import { temporaryPostgres } from '../../postgres.ts';

export type Database = Pick<TestDatabase, 'url' | 'query' | 'drop'>;

/** A Postgres for the measurement alone, which writes to disk as in production: with fsync, for what was acknowledged is durable. */
export async function openDatabase(): Promise<Database> {
  const { postgres, close } = await temporaryPostgres('studyhall-bench-postgres-');
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
      await close();
    },
  };
}
