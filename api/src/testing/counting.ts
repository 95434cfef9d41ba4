import { tmpdir } from 'node:os';
import path from 'node:path';
import { PrismaPg } from '@prisma/adapter-pg';
import { graphql } from 'graphql';
import { pino } from 'pino';
import { KnownTokens } from '../access/known-tokens.ts';
import { DiskStore } from '../artifacts/disk-store.ts';
import { createContext } from '../context.ts';
import { readSettings } from '../env.ts';
import { Hub } from '../events/hub.ts';
import { SharedReads } from '../events/shared-reads.ts';
import { PrismaClient } from '../generated/prisma/client.ts';
import { CommitQueue } from '../jobs/train/commit-queue.ts';
import { KnownBoard } from '../leaderboard/known-board.ts';
import { WatchedBoard } from '../leaderboard/watched-board.ts';
import { StoredLogits } from '../logits/stored-logits.ts';
import { Monitor } from '../monitoring/monitor.ts';
import { Accounts } from '../people/accounts.ts';
import { Prepared } from '../postgres/prepared.ts';
import { buildSchema } from '../schema/index.ts';

export interface CountingApi {
  /** Runs a query without HTTP. @returns its data, and how many SQL statements it took. */
  run(query: string, variables?: Record<string, unknown>): Promise<{ data: Record<string, unknown>; statements: string[]; ms: number }>;
  close(): Promise<void>;
}

/** Resolvers over a database, with every SQL statement counted. */
export function countingApi(databaseUrl: string): CountingApi {
  const adapter = new PrismaPg({ connectionString: databaseUrl, max: 4 });
  const db = new PrismaClient({ adapter, log: [{ emit: 'event', level: 'query' }] });
  let statements: string[] = [];
  // Prisma tells of a transaction's COMMIT, but not of its BEGIN: neither is counted.
  db.$on('query', ({ query }) => {
    if (query !== 'COMMIT') statements.push(query);
  });
  const log = pino({ level: 'silent' });
  const store = new DiskStore(path.join(tmpdir(), 'studyhall-no-artifacts'), 0);
  const client = db as unknown as PrismaClient;
  const prepared = new Prepared(databaseUrl);
  const shared = new SharedReads();
  const hub = new Hub(databaseUrl, log);
  const services = {
    db: client,
    reports: client,
    commits: new CommitQueue(client, prepared, 60),
    tokens: new KnownTokens(prepared, shared),
    accounts: new Accounts(client, log),
    hub,
    shared,
    board: new WatchedBoard(client, hub),
    knownBoard: new KnownBoard(client, prepared),
    settings: readSettings({}),
    log,
    store,
    monitor: new Monitor(client, hub),
    logits: new StoredLogits(store),
    databaseUrl,
  };
  const schema = buildSchema();
  return {
    run: async (source, variableValues) => {
      statements = [];
      const contextValue = createContext(services, { kind: 'visitor' });
      const from = performance.now();
      const { data, errors } = await graphql({ schema, source, contextValue, ...(variableValues ? { variableValues } : {}) });
      if (errors) throw errors[0];
      return { data: data ?? {}, statements, ms: performance.now() - from };
    },
    close: async () => {
      await prepared.close();
      await db.$disconnect();
    },
  };
}
