import { Prisma, type Tx } from '../db.ts';

export type WebhookEvent = 'FINISHED' | 'FAILED' | 'TRAINER_LOST';

/** What Postgres noted when it happened; of a trial it knows the experiment alone. */
export type About = {
  runId?: string;
  label?: string;
  seed?: number;
  reason?: string | null;
  trainer?: string;
  experiment: string;
  slug: string;
  at: string;
};

export type DueDelivery = { id: string; event: WebhookEvent | null; about: About; tries: number; url: string; secret: string };

/** A sender that dies with a delivery in hand leaves it to others after this many seconds. */
const heldSeconds = 60;

/**
 * Takes deliveries that are due: each goes to one process. They are due again later, should that die.
 */
export async function takeDue(tx: Tx, limit: number): Promise<DueDelivery[]> {
  return tx.$queryRaw(Prisma.sql`
    WITH due AS (
      SELECT id FROM webhook_deliveries WHERE next_at <= now() ORDER BY next_at LIMIT ${limit} FOR UPDATE SKIP LOCKED)
    UPDATE webhook_deliveries d SET tries = tries + 1, tried_at = now(), next_at = now() + make_interval(secs => ${heldSeconds})
    FROM due, webhooks w WHERE d.id = due.id AND w.id = d.webhook_id
    RETURNING d.id, d.event::text AS event, d.about, d.tries, w.url, w.secret`);
}

/** Milliseconds until a delivery is due, by Postgres' clock; undefined while there is none. */
export async function untilDue(tx: Tx): Promise<number | undefined> {
  const [next] = await tx.$queryRaw<{ ms: number | null }[]>(
    Prisma.sql`SELECT 1000 * extract(epoch FROM min(next_at) - now())::float8 AS ms FROM webhook_deliveries`,
  );
  return next?.ms ?? undefined;
}

/** Notes how a try ended. @param waitSeconds until the next one; null: there is none. */
export async function noteAnswer(
  tx: Tx,
  { id, tries }: Pick<DueDelivery, 'id' | 'tries'>,
  delivered: boolean,
  answer: string,
  waitSeconds: number | null,
): Promise<void> {
  await tx.$executeRaw(Prisma.sql`
    UPDATE webhook_deliveries SET delivered = ${delivered}, answer = ${answer}, next_at = now() + make_interval(secs => ${waitSeconds}::float8)
    WHERE id = ${id} AND tries = ${tries}`);
}

/** Forgets deliveries that are over for that many days. */
export async function forgetOld(tx: Tx, days: number): Promise<void> {
  await tx.$executeRaw(Prisma.sql`
    DELETE FROM webhook_deliveries WHERE next_at IS NULL AND created_at < now() - make_interval(days => ${days})`);
}
