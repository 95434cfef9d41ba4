import { PrismaPg } from '@prisma/adapter-pg';
import { Prisma, PrismaClient } from './generated/prisma/client.ts';
import { FairPool } from './limits/pool.ts';

export { Prisma };
export type Db = PrismaClient;
/** What a rule works on: a transaction, or the client itself for single reads. */
export type Tx = Prisma.TransactionClient;

/** A pool on the database; `$disconnect` closes it. */
export function connect(databaseUrl: string): Db {
  const pool = new FairPool({ connectionString: databaseUrl, max: 12, connectionTimeoutMillis: 10_000 });
  const adapter = new PrismaPg(pool, { disposeExternalPool: true });
  return new PrismaClient({ adapter, transactionOptions: { maxWait: 10_000, timeout: 20_000 } });
}

/** Deadlock and serialization failure: Postgres undid one of two transactions that met; the same again succeeds. */
const retryable = /40P01|40001|P2034/;

/** Runs a rule in one transaction: all of it or nothing. */
export async function transact<Result>(db: Db, rule: (tx: Tx) => Promise<Result>): Promise<Result> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await db.$transaction(rule);
    } catch (error) {
      const { code, meta } = error as { code?: string; meta?: { code?: string } };
      if (attempt === 4 || !retryable.test(`${code} ${meta?.code} ${(error as Error).message}`)) throw error;
    }
  }
}
