import type { Tx } from '../db.ts';
import type { Run } from '../generated/prisma/client.ts';
import { twinGroupOf } from './seeds/side.ts';

/** Runs that differ by seed alone, known by their latest that is not archived. */
export type Group = { groupKey: string; latest: Run };

/** A group by its key; of one that was archived as a whole the latest run speaks. Null if nobody has scheduled a run of it. */
export async function findGroup(tx: Tx, groupKey: string): Promise<Group | null> {
  const orderBy = { id: 'desc' as const };
  const latest =
    (await tx.run.findFirst({ where: { groupKey, archivedAt: null }, orderBy })) ??
    (await tx.run.findFirst({ where: { groupKey }, orderBy }));
  return latest && { groupKey, latest };
}

/** The group of the same networks, data and training in which each learns alone; null for such a group itself, and while it has no runs. */
export async function findTwinGroup(tx: Tx, { latest }: Group): Promise<Group | null> {
  if (latest.method === 'INDEPENDENT') return null;
  const dataset = await tx.dataset.findUniqueOrThrow({ where: { id: latest.datasetId } });
  return findGroup(tx, twinGroupOf({ ...latest, dataset }).key);
}
