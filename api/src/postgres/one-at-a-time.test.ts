import { expect, inject, it } from 'vitest';
import { OneAtATimeClient } from './one-at-a-time.ts';

it('statements that are asked for at once are sent one after the other, in their order; one that fails holds up none', async () => {
  const client = new OneAtATimeClient(inject('testPostgres').url);
  await client.connect();
  try {
    const asked = ['SELECT 1 AS n', 'SELECT 1/0 AS n', 'SELECT 3 AS n', 'SELECT 4 AS n'].map((sql) =>
      client.query<{ n: number }>(sql).then(
        ({ rows }) => rows[0]?.n,
        (error: Error) => error.message,
      ),
    );
    // What pg would keep in a queue of its own, and warns of.
    expect((client as unknown as { _queryQueue: unknown[] })._queryQueue).toHaveLength(0);
    expect(await Promise.all(asked)).toEqual([1, 'division by zero', 3, 4]);
    const called = new Promise((resolve) => client.query('SELECT 5 AS n', (_error: Error, { rows }) => resolve(rows[0])));
    expect(await called).toEqual({ n: 5 });
  } finally {
    await client.end();
  }
});
