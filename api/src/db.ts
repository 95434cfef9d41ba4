import { setTimeout as delay } from 'node:timers/promises';
import { PrismaPg } from '@prisma/adapter-pg';
import { noteWithin, wasNoted } from './audit/noting.ts';
import { Prisma, PrismaClient } from './generated/prisma/client.ts';
import { FairPool } from './limits/pool.ts';
import { readAgain } from './limits/read-again.ts';

export { Prisma };
export type Db = PrismaClient;
/** What a rule works on: a transaction, or the client itself for single reads. */
export type Tx = Prisma.TransactionClient;

/**
 * A pool on the database; `$disconnect` closes it.
 *
 * @param connections at most. Trainers' reports have a pool of their own: whoever reads, and however much, keeps none of them waiting.
 */
export function connect(databaseUrl: string, connections = 12): Db {
  const pool = new FairPool({ connectionString: databaseUrl, max: connections, connectionTimeoutMillis: 10_000 });
  const adapter = new PrismaPg(pool, { disposeExternalPool: true });
  const client = new PrismaClient({ adapter, transactionOptions: { maxWait: 10_000, timeout: 20_000 } });
  return client.$extends(readAgain) as unknown as Db;
}

/**
 * Reads a record, or several, as of one moment. Prisma reads what belongs to a record in statements of their own: between them a run may
 * end, and its state would be newer than its results.
 */
export function atOneMoment<Found>(db: Db, read: (tx: Tx) => Promise<Found>): Promise<Found> {
  return db.$transaction(read, { isolationLevel: 'RepeatableRead' });
}

/**
 * Deadlock and serialization failure: Postgres undid one of two transactions that met; the same again succeeds. So does, or is told why not,
 * who refers to what another has deleted meanwhile.
 */
const undone = /40P01|40001|P2034|P2003|23503/;

/** Another transaction has stored the same meanwhile: the check before storing, made again, finds it. */
const overtaken = /P2002|23505/;

const mostAttempts = 4;
/** One at least of those that meet gets through each time. */
const mostOvertaken = 30;

/** Runs a rule in one transaction: all of it or nothing. A rule that finds something missing and makes it may be overtaken: it is run again. */
export async function transact<Result>(db: Db, rule: (tx: Tx) => Promise<Result>): Promise<Result> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      const noted = await db.$transaction(async (tx) => {
        const result = await rule(tx);
        await noteWithin(tx, result);
        return result;
      });
      wasNoted();
      return noted;
    } catch (error) {
      const { code, meta } = error as { code?: string; meta?: { code?: string } };
      const what = `${code} ${meta?.code} ${(error as Error).message}`;
      if (!(undone.test(what) && attempt < mostAttempts) && !(overtaken.test(what) && attempt < mostOvertaken)) throw error;
      // Spread, so that those who met do not meet again.
      await delay(Math.random() * 20 * attempt);
    }
  }
}
