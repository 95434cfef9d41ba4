import { afterAll, beforeAll } from 'vitest';
import { createToken, findToken } from '../access/tokens.ts';
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

/**
 * The rules without an API, for a block of tests: over a database of their own, or over that of another suite whose tests arrange by rules
 * what they ask of its API. All is there once the first test runs.
 */
export function useDatabase(env: Record<string, string> = {}, other?: { database: TestDatabase }): RulesSuite {
  const suite = {} as RulesSuite;
  beforeAll(async () => {
    const { leaseSeconds, stallSeconds } = readSettings({ LEASE_SECONDS: '60', ...env });
    suite.database = other?.database ?? (await createTestDatabase());
    suite.db = connect(suite.database.url);
    const token = await findToken(suite.db, await createToken(suite.db, { name: 'fleet', role: 'TRAINER', createdBy: null }));
    suite.house = overRules(suite.db, { tokenId: token?.id ?? '', leaseSeconds, stallSeconds });
    suite.inTransaction = (rule) => transact(suite.db, rule);
  });
  afterAll(async () => {
    await suite.db.$disconnect();
    if (!other) await suite.database.drop();
  });
  return suite;
}
