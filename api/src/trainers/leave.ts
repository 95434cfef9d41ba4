import type { Tx } from '../db.ts';
import { notFound } from '../errors.ts';
import { announce } from '../events/topics.ts';

/**
 * A trainer says that it takes nothing new, or has left.
 *
 * @throws NOT_FOUND if the token has registered no such trainer.
 */
export async function leaveFleet(tx: Tx, trainerId: string, tokenId: string, state: 'ONLINE' | 'STOPPING' | 'OFFLINE'): Promise<void> {
  const data = { stopping: state !== 'ONLINE', left: state === 'OFFLINE' };
  const { count } = await tx.trainer.updateMany({ where: { id: trainerId, OR: [{ tokenId }, { tokenId: null }] }, data });
  if (count === 0) throw notFound('trainer', trainerId);
  await announce(tx, [['trainers', trainerId]]);
}
