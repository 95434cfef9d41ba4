import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { holdLock, type Lock } from '../../../start/machine/lock.mjs';
import { Seldom } from '../seldom.ts';
import { createClient } from './client.ts';
import { startEmbeddedPostgres } from './embedded.ts';
import { applyMigrations } from './migrate.ts';
import { anotherRuns, type Ownership, takeOwnership } from './owner.ts';

export type DatabaseOptions = {
  /** $STUDYHALL_HOME: the embedded Postgres lives in its folder `postgres`. */
  home: string;
  /** DATABASE_URL: use that Postgres instead. */
  databaseUrl?: string | undefined;
  /** What a person should know: starts, adoptions, revivals. */
  log(message: string): void;
  /** Aborted when this process is told to end, also before the database is open. */
  ending?: AbortSignal | undefined;
  /** Aborted when it is told so again. */
  hurrying?: AbortSignal | undefined;
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

async function openEmbedded({ home, log, ending, hurrying }: DatabaseOptions): Promise<Database> {
  const folder = path.resolve(home, 'postgres');
  await mkdir(folder, { recursive: true });
  const lock = await takeLock(path.join(folder, 'lock'), home);
  try {
    return await openLocked(folder, lock, { home, log, ending, hurrying });
  } catch (error) {
    lock.release();
    throw error;
  }
}

/** Before anything in the folder is touched: two Postgres on one folder, in two containers, would not see each other. */
async function takeLock(file: string, home: string, patienceMs = 3000): Promise<Lock> {
  for (const until = Date.now() + patienceMs; ; await delay(100)) {
    const lock = await holdLock(file);
    if (lock) return lock;
    if (Date.now() > until) throw anotherRuns(home);
  }
}

async function openLocked(folder: string, lock: Lock, { home, log, ending, hurrying }: DatabaseOptions): Promise<Database> {
  const postgres = await startEmbeddedPostgres({ home: folder, log, ...(ending ? { signal: ending } : {}) });
  if (postgres.adopted) log('Took over the Postgres that an earlier process left running.');
  const url = postgres.urlFor('studyhall');
  let owner: Ownership | undefined;
  let closing = false;
  let lost = false;
  let mending: Promise<void> | undefined;
  const seldom = new Seldom();

  /** Postgres ended, or cut us off, although nobody asked it to: start it again on its port if need be, and hold it again. */
  const mend = async () => {
    for (let pauseMs = 200; lost && !closing; ) {
      lost = false;
      try {
        const what = (await postgres.revive())
          ? 'Postgres had ended; it runs again'
          : 'The connection that holds Postgres was lost; it is held again';
        owner = await takeOwnership(url, home, onLost);
        seldom.say(what, (times) => log(`${what}${timesSaid(times)}.`));
      } catch (error) {
        lost = true;
        const { message } = error as Error;
        seldom.say('away', (times) => log(`Postgres is away, and does not start again yet${timesSaid(times)}: ${message}`));
        await delay(pauseMs);
        pauseMs = Math.min(pauseMs * 2, 5000);
      }
    }
    mending = undefined;
  };
  /** However often it is told, one mends at a time. */
  const onLost = () => {
    lost = true;
    if (!closing) mending ??= mend();
  };

  try {
    await createDatabase(postgres.url, 'studyhall');
    owner = await takeOwnership(url, home, onLost);
  } catch (error) {
    if (!postgres.adopted) await postgres.stop(hurrying);
    throw error;
  }
  const close = async () => {
    closing = true;
    await mending;
    try {
      await owner?.release();
      await postgres.stop(hurrying);
    } finally {
      lock.release();
    }
  };
  try {
    return { url, migrated: await applyMigrations(url), close };
  } catch (error) {
    await close();
    throw error;
  }
}

const timesSaid = (times: number) => (times > 1 ? ` (${times} times)` : '');

async function checkReachable(databaseUrl: string): Promise<void> {
  try {
    const client = createClient(databaseUrl, { connectionTimeoutMillis: 10_000 });
    await client.connect();
    await client.end();
  } catch (error) {
    throw new Error(`DATABASE_URL (${withoutPassword(databaseUrl)}) cannot be reached: ${(error as Error).message}`, { cause: error });
  }
}

function withoutPassword(databaseUrl: string): string {
  if (!URL.canParse(databaseUrl)) return 'which should look like postgres://user:password@host:5432/database';
  const { host, pathname } = new URL(databaseUrl);
  return `${host}${pathname}`;
}

/** Creates an empty database where there is none of that name. */
export async function createDatabase(url: string, name: string, template?: string): Promise<void> {
  const client = createClient(url);
  await client.connect();
  try {
    const { rowCount } = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [name]);
    if (!rowCount) await client.query(`CREATE DATABASE "${name}"${template ? ` TEMPLATE "${template}"` : ''}`);
  } finally {
    await client.end();
  }
}
