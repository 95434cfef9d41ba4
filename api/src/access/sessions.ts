import { Prisma } from '../db.ts';
import { sessionSeconds } from '../people/session-length.ts';
import type { Prepared } from '../postgres/prepared.ts';
import type { KnownSession } from './caller.ts';

/** Whose session that is, by its token's hash, if it is open. Notes once a minute that they were seen, which keeps the session open. */
export async function findSession(prepared: Prepared, hash: string): Promise<KnownSession | undefined> {
  const [found] = await prepared.run<KnownSession & { unseen: boolean }>(
    'session',
    Prisma.sql`
      SELECT s.id, p.id AS "personId", p.name, p.role::text AS role,
        p.last_seen_at IS NULL OR least(p.last_seen_at, s.updated_at) < now() - interval '1 minute' AS unseen
      FROM sessions s JOIN people p ON p.id = s.person_id
      WHERE s.token = ${hash} AND s.expires_at > now() AND p.removed_at IS NULL`,
  );
  if (!found) return undefined;
  const { unseen, ...session } = found;
  // Nobody waits for it; who could not be noted is by the next request.
  if (unseen) noteSeen(prepared, session.id).catch(() => {});
  return session;
}

const noteSeen = (prepared: Prepared, id: string) =>
  prepared.run(
    'session seen',
    Prisma.sql`
      WITH seen AS (
        UPDATE sessions SET updated_at = now(), expires_at = now() + make_interval(secs => ${sessionSeconds})
        WHERE id = ${id} AND expires_at > now() RETURNING person_id)
      UPDATE people SET last_seen_at = now() WHERE id IN (SELECT person_id FROM seen)`,
  );
