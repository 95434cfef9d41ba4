import pg from 'pg';
import { busy } from '../errors.ts';
import type { Prisma } from '../generated/prisma/client.ts';
import { isWant } from '../limits/pool.ts';

/** As long as a transaction may take. What waits for a statement does not wait for ever. */
const longestMs = 20_000;

/**
 * Few statements that are made very often, each in one round trip and planned once for each connection: who asks, and what trainers commit.
 * Their connections are their own.
 */
export class Prepared {
  readonly #pool: pg.Pool;

  constructor(databaseUrl: string, connections = 4) {
    this.#pool = new pg.Pool({
      connectionString: databaseUrl,
      max: connections,
      connectionTimeoutMillis: 10_000,
      // The arrays' lengths differ each time, the plan does not: finding it anew would take longer than following it.
      options: `-c plan_cache_mode=force_generic_plan -c statement_timeout=${longestMs}`,
      // Also where nobody answers any more.
      query_timeout: longestMs + 5000,
    });
    // What befalls a connection fails its statement, or the next one, and ends this process never.
    this.#pool.on('error', () => {});
    this.#pool.on('connect', (client) => client.on('error', () => {}));
  }

  /**
   * @param name the statement's: its text is always the same.
   * @throws BUSY for want of connections.
   */
  async run<Row extends pg.QueryResultRow>(name: string, { text, values }: Prisma.Sql): Promise<Row[]> {
    try {
      return (await this.#pool.query<Row>({ name, text, values })).rows;
    } catch (error) {
      throw isWant(error) ? busy() : error;
    }
  }

  close(): Promise<void> {
    return this.#pool.end();
  }
}
