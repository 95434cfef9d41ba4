import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { inject } from 'vitest';
import { createDatabase } from '../postgres/database.ts';

export interface TestDatabase {
  url: string;
  /** Runs plain SQL on it. */
  query<Row extends pg.QueryResultRow>(sql: string, values?: unknown[]): Promise<Row[]>;
  /** Drops it. Fails if connections are still open: whoever leaks a pool fails the test. */
  drop(): Promise<void>;
}

/**
 * A migrated, empty database of its own for one test file (or test), cloned from the template in some 30 ms.
 *
 * @param migrated false: without any table.
 */
export async function createTestDatabase({ migrated = true } = {}): Promise<TestDatabase> {
  const { url: serverUrl, template } = inject('testPostgres');
  const name = `studyhall_test_${randomBytes(6).toString('hex')}`;
  await createDatabase(serverUrl, name, migrated ? template : undefined);
  const url = new URL(serverUrl);
  url.pathname = `/${name}`;
  const client = new pg.Client({ connectionString: url.toString() });
  await client.connect();
  return {
    url: url.toString(),
    query: async <Row extends pg.QueryResultRow>(sql: string, values?: unknown[]) => (await client.query<Row>(sql, values)).rows,
    drop: async () => {
      await client.end();
      const admin = new pg.Client({ connectionString: serverUrl });
      await admin.connect();
      try {
        await dropWhenFree(admin, name);
      } finally {
        await admin.end();
      }
    },
  };
}

/** Postgres itself waits five seconds for closed connections' backends to end; one that stays longer is a leak. */
async function dropWhenFree(admin: pg.Client, name: string): Promise<void> {
  try {
    await admin.query(`DROP DATABASE "${name}"`);
  } catch (error) {
    await admin.query(`DROP DATABASE IF EXISTS "${name}" WITH (FORCE)`);
    throw new Error(`A connection to the test database ${name} was left open.`, { cause: error });
  }
}
