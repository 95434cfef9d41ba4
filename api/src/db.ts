import { PrismaPg } from '@prisma/adapter-pg';
import { Prisma, PrismaClient } from './generated/prisma/client.ts';

export { Prisma };
export type Db = PrismaClient;
/** What a rule works on: a transaction, or the client itself for single reads. */
export type Tx = Prisma.TransactionClient;

/** A pool on the database; `$disconnect` closes it. */
export function connect(databaseUrl: string): Db {
  const adapter = new PrismaPg({ connectionString: databaseUrl, max: 12, connectionTimeoutMillis: 5000 });
  return new PrismaClient({ adapter, transactionOptions: { maxWait: 10_000, timeout: 20_000 } });
}
