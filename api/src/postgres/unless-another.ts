import { createClient } from './client.ts';

/**
 * Does something unless another process on this database is doing it at this moment. The lock is its connection's: it goes with the process,
 * however that ends.
 *
 * @returns what it gave; undefined if another does it.
 */
export async function unlessAnother<Result>(databaseUrl: string, what: string, work: () => Promise<Result>): Promise<Result | undefined> {
  const client = createClient(databaseUrl, { keepAlive: true });
  await client.connect();
  try {
    const { rows } = await client.query<{ free: boolean }>('SELECT pg_try_advisory_lock(hashtextextended($1, 0)) AS free', [
      `studyhall ${what}`,
    ]);
    return rows[0]?.free ? await work() : undefined;
  } finally {
    await client.end();
  }
}
