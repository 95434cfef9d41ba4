import { setTimeout as delay } from 'node:timers/promises';
import { type Logger, pino } from 'pino';
import { isLoopbackName } from '../../start/machine/visitor.mjs';
import { ensureFirstKeys } from './access/first-keys.ts';
import { KnownTokens } from './access/known-tokens.ts';
import { startCollector } from './artifacts/collect.ts';
import { openStore } from './artifacts/open-store.ts';
import { startForgetting } from './audit/forget.ts';
import { connect } from './db.ts';
import type { Settings } from './env.ts';
import { Hub } from './events/hub.ts';
import { SharedReads } from './events/shared-reads.ts';
import { requestOfLine } from './http/request-id.ts';
import { startReaper } from './jobs/reaper.ts';
import { CommitQueue } from './jobs/train/commit-queue.ts';
import { KnownBoard } from './leaderboard/known-board.ts';
import { WatchedBoard } from './leaderboard/watched-board.ts';
import { StoredLogits } from './logits/stored-logits.ts';
import { Monitor } from './monitoring/monitor.ts';
import { Accounts } from './people/accounts.ts';
import { inviteFirstAdmin } from './people/first-admin.ts';
import { openDatabase } from './postgres/database.ts';
import { Prepared } from './postgres/prepared.ts';
import { renewLabels } from './runs/renew-labels.ts';
import { startServer } from './server.ts';
import { startSender } from './webhooks/sender.ts';

export interface Api {
  url: string;
  log: Logger;
  close(): Promise<void>;
}

/** Of trainers' reports other than commits: claims, renewals, logs, results. */
const reportConnections = 6;

/** What is open may take this long to close, each; then the database is closed under it. */
const closeWithinMs = 5000;

/** How this process is told to end: once, also while it starts, and once more. */
export type Signals = { ending?: AbortSignal; hurrying?: AbortSignal };

/**
 * Starts the whole API: database, migrations, keys, listener, reaper, server. Closing undoes all of it, in reverse; so does a signal to end
 * while it starts. Hurried, it waits for nothing but its Postgres.
 */
export async function startApi(settings: Settings, { ending, hurrying }: Signals = {}): Promise<Api> {
  const log = pino({ level: settings.logLevel, mixin: requestOfLine });
  const closers: (() => Promise<unknown>)[] = [];
  const hurried = new Promise<void>((resolve) => hurrying?.addEventListener('abort', () => resolve(), { once: true }));
  const close = async () => {
    for (const closer of closers.reverse().splice(0)) await closer();
  };
  const onClose = (closer: () => Promise<unknown>) => {
    closers.push(() => Promise.race([closer(), hurried, delay(closeWithinMs, undefined, { ref: false })]));
    ending?.throwIfAborted();
  };
  try {
    const database = await openDatabase({ ...settings, log: (message) => log.info(message), ending, hurrying });
    closers.push(database.close);
    ending?.throwIfAborted();
    if (database.migrated.length > 0) log.info({ migrations: database.migrated }, 'The database was brought up to date.');
    const db = connect(database.url);
    onClose(() => db.$disconnect());
    const reports = connect(database.url, reportConnections);
    onClose(() => reports.$disconnect());
    const prepared = new Prepared(database.url);
    onClose(() => prepared.close());
    await ensureFirstKeys(db, settings.home, (message) => log.warn(message));
    const invitation = isForOthers(settings) ? await inviteFirstAdmin(db, settings.home) : undefined;
    const store = await openStore(settings);
    const hub = new Hub(database.url, log);
    await hub.open();
    onClose(() => hub.close());
    const monitor = new Monitor(db, hub);
    const reaper = startReaper(reports, settings.leaseSeconds, log, (count) => monitor.lapsed(count));
    onClose(() => reaper.stop());
    const collector = startCollector(db, store, database.url, log);
    onClose(() => collector.stop());
    const forgetting = startForgetting(db, settings.auditDays, log);
    onClose(() => forgetting.stop());
    const sender = startSender(db, hub, settings, log);
    onClose(() => sender.stop());
    const commits = new CommitQueue(reports, prepared, settings.leaseSeconds);
    const shared = new SharedReads();
    const tokens = new KnownTokens(prepared, shared);
    const board = new WatchedBoard(db, hub);
    const server = await startServer({
      db,
      reports,
      commits,
      tokens,
      accounts: new Accounts(db, log),
      hub,
      shared,
      board,
      knownBoard: new KnownBoard(db, prepared),
      settings,
      log,
      store,
      monitor,
      logits: new StoredLogits(store),
      databaseUrl: database.url,
    });
    onClose(() => server.close());
    const stopping = new AbortController();
    const renewing = renewLabels(db, stopping.signal).then(
      (groups) => groups > 0 && log.info({ groups }, 'Groups got labels that tell them apart.'),
      (error) => log.warn({ err: error }, 'Labels could not be made anew; that is tried again at the next start.'),
    );
    onClose(() => {
      stopping.abort();
      return renewing;
    });
    log.info({ url: server.url }, 'The API is ready.');
    if (invitation) printFirstAdmin(invitation, settings, log);
    return { url: server.url, log, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Whether others than who sits at this machine are meant to come. */
const isForOthers = ({ host, publicHosts, publicUrl }: Settings) =>
  publicUrl !== undefined || publicHosts.length > 0 || !isLoopbackName(host);

/** Prints the link that makes the first admin, as long as there is none: without one nobody can be invited but by who has the key. */
function printFirstAdmin(invitation: string, { publicUrl, publicHosts: [name] }: Settings, log: Logger): void {
  const link = `${publicUrl ?? (name ? `https://${name}` : '')}/join?invitation=${invitation}`;
  log.info({ link }, 'Nobody is an admin here yet. Who opens this link first becomes one; it is for one person, once.');
}
