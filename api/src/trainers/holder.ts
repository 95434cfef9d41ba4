import type { Tx } from '../db.ts';
import { ApiError, badInput } from '../errors.ts';

/**
 * Lets a trainer in whose key is its own. A home can be copied, key included, by an image, a clone of a machine or rsync: of two trainers
 * with one key the one that works keeps it. A key whose holder was not heard of for two leases, or said goodbye, may move.
 *
 * @param home where the trainer's home lies, as it says; absent from an older one, which is let in
 * @throws CONFLICT with `lastSeenAt` of the trainer that holds the key: if that changes, it lives.
 */
export async function checkHolder(tx: Tx, key: string, home: string | null | undefined): Promise<void> {
  if (!home) return;
  if (home.length > 200) throw badInput(`home has ${home.length} characters; at most 200.`);
  // Two that come at once come one after the other, also where there is no row yet.
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${key}, 0))`;
  const holder = await tx.trainer.findUnique({ where: { key }, select: { home: true, left: true, lastSeenAt: true } });
  if (!holder?.home || holder.home === home || holder.left) return;
  throw new ApiError('CONFLICT', 'The key of this trainer is held by one in another folder or on another machine, which has not left.', {
    lastSeenAt: holder.lastSeenAt.toISOString(),
  });
}
