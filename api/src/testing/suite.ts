import { afterAll, beforeAll } from 'vitest';
import { startTestApi, type TestApi } from './api.ts';
import { createTestDatabase, type TestDatabase } from './database.ts';

/** An API over a database of its own for a block of tests; both are there once the first test runs. */
export function useApi(env: Record<string, string> = {}): { api: TestApi; database: TestDatabase } {
  const suite = {} as { api: TestApi; database: TestDatabase };
  beforeAll(async () => {
    suite.database = await createTestDatabase();
    suite.api = await startTestApi(suite.database.url, env);
  });
  afterAll(async () => {
    await suite.api.close();
    await suite.database.drop();
  });
  return suite;
}
