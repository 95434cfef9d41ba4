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

/** A closed connection's backend ends in moments, on a busy machine later than the five seconds that Postgres waits; one that stays is a leak. */
const patienceMs = 30_000;

async function dropWhenFree(admin: pg.Client, name: string): Promise<void> {
  const began = performance.now();
  for (;;)
    try {
      await admin.query(`DROP DATABASE "${name}"`);
      return;
    } catch (error) {
      const isHeld = error instanceof pg.DatabaseError && error.code === heldByOthers;
      if (isHeld && performance.now() - began < patienceMs) continue;
      const { rows } = await admin.query<{ query: string }>('SELECT query FROM pg_stat_activity WHERE datname = $1', [name]);
      await admin.query(`DROP DATABASE IF EXISTS "${name}" WITH (FORCE)`);
      const last = rows.map(({ query }) => query.slice(0, 200)).join('; ');
      throw new Error(`A connection to the test database ${name} was left open. Its last statement: ${last}`, { cause: error });
    }
}

/** Postgres's code for an object in use. */
const heldByOthers = '55006';
