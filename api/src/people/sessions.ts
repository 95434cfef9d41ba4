import type { Tx } from '../db.ts';

/** Sessions that somebody may have; the oldest end. */
const most = 50;

/** Ends one session. */
export async function endSession(tx: Tx, id: string): Promise<void> {
  await tx.session.deleteMany({ where: { id } });
}

/** Ends all sessions of somebody, but one that may stay. @returns how many. */
export async function endSessions(tx: Tx, personId: string, except?: string): Promise<number> {
  const { count } = await tx.session.deleteMany({ where: { personId, ...(except ? { id: { not: except } } : {}) } });
  return count;
}

/** Clears away what has expired, and of somebody with very many the oldest. */
export async function tidySessions(tx: Tx, personId: string): Promise<void> {
  await tx.session.deleteMany({ where: { expiresAt: { lt: new Date() } } });
  const surplus = await tx.session.findMany({ where: { personId }, orderBy: { updatedAt: 'desc' }, skip: most, select: { id: true } });
  if (surplus.length > 0) await tx.session.deleteMany({ where: { id: { in: surplus.map(({ id }) => id) } } });
}
