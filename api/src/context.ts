import type { Logger } from 'pino';
import type { Caller } from './access/caller.ts';
import type { KnownTokens } from './access/known-tokens.ts';
import type { ArtifactStore } from './artifacts/store.ts';
import type { Db } from './db.ts';
import type { Settings } from './env.ts';
import type { Hub } from './events/hub.ts';
import type { PartlyKnown } from './events/partly-known.ts';
import type { SharedReads } from './events/shared-reads.ts';
import type { CommitQueue } from './jobs/train/commit-queue.ts';
import type { KnownBoard } from './leaderboard/known-board.ts';
import type { WatchedBoard } from './leaderboard/watched-board.ts';
import { createLoaders, type Loaders } from './loaders.ts';
import type { StoredLogits } from './logits/stored-logits.ts';
import type { Monitor } from './monitoring/monitor.ts';
import type { Accounts } from './people/accounts.ts';

/** What lives as long as the process. */
export type Services = {
  db: Db;
  /** The connections of trainers' reports. */
  reports: Db;
  commits: CommitQueue;
  tokens: KnownTokens;
  accounts: Accounts;
  hub: Hub;
  shared: SharedReads;
  board: WatchedBoard;
  knownBoard: KnownBoard;
  settings: Settings;
  log: Logger;
  store: ArtifactStore;
  monitor: Monitor;
  logits: StoredLogits;
  /** For what needs a connection of its own for long. */
  databaseUrl: string;
};

/** What a resolver sees. `address`: whence the request comes, as far as it is known. */
export type Context = Services & { caller: Caller; address: string; loaders: Loaders; answered?: PartlyKnown };

/** A context for one operation; a subscription makes a new set of loaders for each event. */
export function createContext(services: Services, caller: Caller, address = 'unknown'): Context {
  return { ...services, caller, address, loaders: createLoaders(services) };
}
