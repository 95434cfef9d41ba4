import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import pg from 'pg';
import { startEmbeddedPostgres } from './embedded.ts';
import { applyMigrations } from './migrate.ts';
import { type Ownership, takeOwnership } from './owner.ts';

export type DatabaseOptions = {
  /** $STUDYHALL_HOME: the embedded Postgres lives in its folder `postgres`. */
  home: string;
  /** DATABASE_URL: use that Postgres instead. */
  databaseUrl?: string | undefined;
  /** What a person should know: starts, adoptions, revivals. */
  log(message: string): void;
};

export interface Database {
  url: string;
  /** Names of the migrations applied at this start. */
  migrated: string[];
  close(): Promise<void>;
}

/** The database to work on: reachable, migrated, and (where embedded) ours alone. */
export async function openDatabase(options: DatabaseOptions): Promise<Database> {
  if (options.databaseUrl) {
    await checkReachable(options.databaseUrl);
    const migrated = await applyMigrations(options.databaseUrl);
    return { url: options.databaseUrl, migrated, close: async () => {} };
  }
  return openEmbedded(options);
}

async function openEmbedded({ home, log }: DatabaseOptions): Promise<Database> {
  const folder = path.resolve(home, 'postgres');
  const postgres = await startEmbeddedPostgres({ home: folder });
  if (postgres.adopted) log('Took over the Postgres that an earlier process left running.');
  const url = postgres.urlFor('studyhall');
  let owner: Ownership | undefined;
  let closing = false;

  /** Postgres ended although nobody asked it to: start it again on its port, and hold it again. */
  const revive = async () => {
    while (!closing) {
      try {
        await postgres.revive();
        owner = await takeOwnership(url, home, onLost);
        log('Postgres had ended; it runs again.');
        return;
      } catch (error) {
        log(`Postgres ended and does not start again yet: ${(error as Error).message}`);
        await delay(1000);
      }
    }
  };
  const onLost = () => {
    if (!closing) void revive();
  };

  try {
    await createDatabase(postgres.url, 'studyhall');
    owner = await takeOwnership(url, home, onLost);
  } catch (error) {
    if (!postgres.adopted) await postgres.stop();
    throw error;
  }
  const close = async () => {
    closing = true;
    await owner?.release();
    await postgres.stop();
  };
  try {
    return { url, migrated: await applyMigrations(url), close };
  } catch (error) {
    await close();
    throw error;
  }
}

async function checkReachable(databaseUrl: string): Promise<void> {
  const client = new pg.Client({ connectionString: databaseUrl, connectionTimeoutMillis: 10_000 });
  client.on('error', () => {});
  try {
    await client.connect();
  } catch (error) {
    const { host, pathname } = new URL(databaseUrl);
    throw new Error(`DATABASE_URL (${host}${pathname}) cannot be reached: ${(error as Error).message}`, { cause: error });
  }
  await client.end();
}

/** Creates an empty database where there is none of that name. */
export async function createDatabase(url: string, name: string, template?: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const { rowCount } = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [name]);
    if (!rowCount) await client.query(`CREATE DATABASE "${name}"${template ? ` TEMPLATE "${template}"` : ''}`);
  } finally {
    await client.end();
  }
}
