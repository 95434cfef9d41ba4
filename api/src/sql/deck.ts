import { Prisma, type Tx } from '../db.ts';

/** Until the transaction ends, nobody else schedules a preset or adds seeds: two who ask at once do not both find a run missing. */
export async function lockDeck(tx: Tx): Promise<void> {
  await tx.$executeRaw(Prisma.sql`SELECT pg_advisory_xact_lock(hashtext('studyhall.deck'))`);
}
