import { Prisma, type Tx } from '../db.ts';
import { ApiError, notFound } from '../errors.ts';
import { handBackFrom } from '../jobs/hand-back-from.ts';
import { lockAdmins } from '../people/roles.ts';
import type { Person } from './caller.ts';
import { mayRevoke } from './own-tokens.ts';

/**
 * Ends a token for ever. What is open by it ends within about a second; what its trainers run goes back into the queue at once.
 *
 * @throws NOT_FOUND for one that is not there, or not the person's to revoke; CONFLICT for the last by which an admin can come in.
 */
export async function revokeToken(tx: Tx, id: string, person: Person): Promise<void> {
  // Of two admins who revoke each other's key the second comes to see what the first did.
  await lockAdmins(tx);
  const admins = await tx.$queryRaw<{ id: string }[]>(Prisma.sql`
    SELECT id FROM tokens WHERE scope = 'ADMIN' AND revoked_at IS NULL AND (expires_at IS NULL OR expires_at > now())`);
  const token = await tx.token.findFirst({ where: { AND: [{ id }, mayRevoke(person)] } });
  if (!token) throw notFound('token', id);
  if (token.revokedAt) return;
  const people = await tx.person.count({ where: { role: 'ADMIN', removedAt: null } });
  if (people === 0 && admins.length === 1 && admins[0]?.id === id)
    throw new ApiError('CONFLICT', `"${token.name}" is the last key of an admin: make another one first, or nobody could let people in.`);
  await tx.token.update({ where: { id }, data: { revokedAt: new Date(), revokedBy: person.name } });
  if (token.role === 'TRAINER') await handBackFrom(tx, Prisma.sql`k.id = ${id}`);
}
