import path from 'node:path';
import { pino } from 'pino';
import { ensureFirstKeys } from './access/first-keys.ts';
import { startCollector } from './artifacts/collect.ts';
import { ArtifactStore } from './artifacts/store.ts';
import { connect } from './db.ts';
import type { Settings } from './env.ts';
import { Hub } from './events/hub.ts';
import { SharedReads } from './events/shared-reads.ts';
import { startReaper } from './jobs/reaper.ts';
import { openDatabase } from './postgres/database.ts';
import { startServer } from './server.ts';

export interface Api {
  url: string;
  close(): Promise<void>;
}

/** Largest artifact: some 500 million parameters in 32 bits. */
const maxArtifactBytes = 2 * 1024 ** 3;

/** Starts the whole API: database, migrations, keys, listener, reaper, server. Closing undoes all of it, in reverse. */
export async function startApi(settings: Settings): Promise<Api> {
  const log = pino({ level: settings.logLevel });
  const closers: (() => Promise<unknown>)[] = [];
  const close = async () => {
    for (const closer of closers.reverse().splice(0)) await closer();
  };
  try {
    const database = await openDatabase({ ...settings, log: (message) => log.info(message) });
    closers.push(database.close);
    if (database.migrated.length > 0) log.info({ migrations: database.migrated }, 'The database was brought up to date.');
    const db = connect(database.url);
    closers.push(() => db.$disconnect());
    await ensureFirstKeys(db, settings.home);
    const store = new ArtifactStore(path.join(settings.home, 'artifacts'), maxArtifactBytes);
    await store.open();
    const hub = new Hub(database.url, log);
    await hub.open();
    closers.push(() => hub.close());
    const reaper = startReaper(db, settings.leaseSeconds, log);
    closers.push(() => reaper.stop());
    const collector = startCollector(db, store, log);
    closers.push(() => collector.stop());
    const server = await startServer({ db, hub, shared: new SharedReads(), settings, log, store });
    closers.push(() => server.close());
    log.info({ url: server.url }, 'The API is ready.');
    return { url: server.url, close };
  } catch (error) {
    await close();
    throw error;
  }
}
