import { readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { writeDurably } from '../../../start/machine/durable.mjs';
import { hashOf } from '../access/tokens.ts';
import { type Db, Prisma, transact } from '../db.ts';
import { invite, isOpen } from './invitations.ts';

const days = 7;

/**
 * The invitation of a server's first admin, as long as there is no account of one: the one in the home, if it is still open, or a new one.
 * Of several processes that start at once one makes it.
 *
 * @returns its token; undefined where there is an admin, or another process has made it.
 */
export async function inviteFirstAdmin(db: Db, home: string): Promise<string | undefined> {
  const file = path.join(home, 'first-admin');
  const kept = (await readFile(file, 'utf8').catch(() => '')).trim();
  const made = await transact(db, async (tx) => {
    await tx.$queryRaw(Prisma.sql`SELECT pg_advisory_xact_lock(hashtext('studyhall first admin'))::text`);
    if ((await tx.person.count({ where: { role: 'ADMIN', removedAt: null } })) > 0) return undefined;
    const open = await tx.invitation.findMany({ where: { createdBy: null, ...isOpen() }, select: { hash: true } });
    if (kept && open.some(({ hash }) => hash === hashOf(kept))) return kept;
    if (open.length > 0) return undefined;
    const { token } = await invite(tx, { role: 'ADMIN', days, createdBy: null });
    // Before it is open: one that is open and nobody knows would keep others from being made.
    await writeDurably(file, `${token}\n`);
    return token;
  });
  if (made === undefined) await rm(file, { force: true });
  return made;
}
