import { afterAll, beforeAll } from 'vitest';
import { createToken } from '../access/tokens.ts';
import { connect, type Db, type Tx, transact } from '../db.ts';
import { readSettings } from '../env.ts';
import { createTestDatabase, type TestDatabase } from './database.ts';
import type { House } from './house.ts';
import { overRules } from './over-rules.ts';

export interface RulesSuite {
  database: TestDatabase;
  db: Db;
  /** For a fleet that asks the rules themselves. */
  house: House;
  /** Runs a rule as the API would. */
  inTransaction<Result>(rule: (tx: Tx) => Promise<Result>): Promise<Result>;
}

/** The rules over a database of their own for a block of tests, without an API; both are there once the first test runs. */
export function useDatabase(env: Record<string, string> = {}): RulesSuite {
  const suite = {} as RulesSuite;
  beforeAll(async () => {
    const { leaseSeconds, stallSeconds } = readSettings({ LEASE_SECONDS: '60', ...env });
    suite.database = await createTestDatabase();
    suite.db = connect(suite.database.url);
    await createToken(suite.db, 'fleet', 'TRAINER', null);
    const { id: tokenId } = await suite.db.token.findFirstOrThrow();
    suite.house = overRules(suite.db, { tokenId, leaseSeconds, stallSeconds });
    suite.inTransaction = (rule) => transact(suite.db, rule);
  });
  afterAll(async () => {
    await suite.db.$disconnect();
    await suite.database.drop();
  });
  return suite;
}
