import { Prisma, type Tx } from '../db.ts';
import { announce } from '../events/topics.ts';
import { type EndedJob, endAttempts } from '../sql/lease.ts';
import { endOf } from '../sql/token-end.ts';
import { settle } from './ended.ts';

/** Of a trainer whose token opens nothing any more nothing is heard: its jobs need not wait until their leases lapse, and have not failed. */
const error = 'The token of its trainer was revoked or has expired.';

/** Hands back what the trainers run whose tokens `which` selects, as `k`; they have left. */
export async function handBackFrom(tx: Tx, which: Prisma.Sql): Promise<EndedJob[]> {
  const theirs = Prisma.sql`SELECT t.id FROM trainers t JOIN tokens k ON k.id = t.token_id WHERE ${which}`;
  // First, as claims do: what is being claimed at this moment is seen, and nothing is claimed behind this.
  await tx.$queryRaw(Prisma.sql`SELECT id FROM trainers WHERE id IN (${theirs}) ORDER BY id FOR NO KEY UPDATE`);
  const ended = await endAttempts(tx, Prisma.sql`trainer_id IN (${theirs})`, { ending: 'HANDED_BACK', error });
  await settle(tx, ended);
  const left = await tx.$queryRaw<{ id: string }[]>(Prisma.sql`
    UPDATE trainers SET "left" = true WHERE NOT "left" AND id IN (${theirs}) RETURNING id`);
  await announce(
    tx,
    left.map(({ id }) => ['trainers', id] as const),
  );
  return ended;
}

/** Tokens that open nothing any more. */
export const endedTokens = Prisma.sql`${endOf('k')} IS NOT NULL`;
