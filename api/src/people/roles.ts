import { Prisma, type Tx } from '../db.ts';
import { ApiError, notFound } from '../errors.ts';
import type { Role } from '../generated/prisma/client.ts';
import { revokeBy, revokeFirst, revokeOf } from './invitations.ts';
import { endSessions } from './sessions.ts';

const rank: Record<Role, number> = { VIEWER: 0, MEMBER: 1, ADMIN: 2 };

/**
 * Gives somebody another role. Tokens that they made for people may do no more than they themselves from then on, and who is no admin any
 * more has no invitation open.
 *
 * @throws NOT_FOUND; CONFLICT for the last admin.
 */
export async function changeRole(tx: Tx, id: string, role: Role): Promise<void> {
  const { name, role: before } = await lockPerson(tx, id);
  if (before === 'ADMIN' && role !== 'ADMIN') await expectOtherAdmin(tx, id);
  await tx.person.update({ where: { id }, data: { role } });
  if (role === 'ADMIN') await revokeFirst(tx);
  else if (before === 'ADMIN') await revokeBy(tx, name);
  if (rank[role] < rank[before]) {
    const above = (Object.keys(rank) as Role[]).filter((scope) => rank[scope] > rank[role]);
    await tx.token.updateMany({ where: { id: { in: await tokensOf(tx, id, name) }, scope: { in: above } }, data: { scope: role } });
  }
}

/**
 * Removes somebody: ends their sessions, and revokes the tokens that they made for people, those that were made by these, and their
 * invitations. What they did keeps their name, which nobody else can take.
 *
 * @param password a hash that no password has: a wrong password for them takes as long as before.
 * @throws NOT_FOUND; CONFLICT for the last admin.
 */
export async function removePerson(tx: Tx, id: string, password: string): Promise<void> {
  const { name, role } = await lockPerson(tx, id);
  if (role === 'ADMIN') await expectOtherAdmin(tx, id);
  await tx.person.update({ where: { id }, data: { removedAt: new Date() } });
  await tx.credential.updateMany({ where: { personId: id }, data: { password } });
  await endSessions(tx, id);
  await revokeOf(tx, id);
  await revokeBy(tx, name);
  await tx.token.updateMany({ where: { id: { in: await tokensOf(tx, id, name) }, revokedAt: null }, data: { revokedAt: new Date() } });
}

/** The tokens for people that somebody made, and those that were made by these. */
async function tokensOf(tx: Tx, personId: string, name: string): Promise<string[]> {
  const tokens = await tx.$queryRaw<{ id: string }[]>(Prisma.sql`
    WITH RECURSIVE made AS (
      SELECT id FROM tokens WHERE role = 'PERSON' AND (maker_id = ${personId} OR (maker_id IS NULL AND created_by = ${name}))
      UNION SELECT t.id FROM tokens t JOIN made m ON t.maker_id = m.id WHERE t.role = 'PERSON'
    )
    SELECT id FROM made`);
  return tokens.map(({ id }) => id);
}

async function lockPerson(tx: Tx, id: string): Promise<{ name: string; role: Role }> {
  await lockAdmins(tx);
  const [person] = await tx.$queryRaw<{ name: string; role: Role }[]>(Prisma.sql`
    SELECT name, role::text AS role FROM people WHERE id = ${id} AND removed_at IS NULL FOR UPDATE`);
  if (!person) throw notFound('person', id);
  return person;
}

/** Of two who would take each other's rights at once the second sees what the first has done. Always before a person's own row. */
export const lockAdmins = (tx: Tx) => tx.$queryRaw(Prisma.sql`SELECT pg_advisory_xact_lock(hashtext('studyhall admins'))::text`);

async function expectOtherAdmin(tx: Tx, id: string): Promise<void> {
  const others = await tx.person.count({ where: { id: { not: id }, role: 'ADMIN', removedAt: null } });
  if (others === 0) throw new ApiError('CONFLICT', 'That is the last admin: make somebody else one first.');
}
