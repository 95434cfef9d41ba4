import { expect } from 'vitest';
import type { TestDatabase } from './database.ts';

/** Waits until a statement in the database waits for a lock. */
export const untilSomebodyWaits = (database: TestDatabase) =>
  expect
    .poll(async () => {
      const [locks] = await database.query<{ waiting: number }>(
        'SELECT count(*)::int AS waiting FROM pg_locks JOIN pg_database d ON d.oid = database WHERE datname = current_database() AND NOT granted',
      );
      return locks?.waiting;
    })
    .toBeGreaterThan(0);
