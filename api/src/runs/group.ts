import type { Tx } from '../db.ts';
import type { Run } from '../generated/prisma/client.ts';
import { findTwinKey } from './seeds/side.ts';

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

const mostGroups = 200;

/** The groups that an experiment's runs are of, each known by its latest there that is not archived; by label. */
export async function findGroupsOfExperiment(tx: Tx, experimentId: string): Promise<Group[]> {
  const latest = await tx.run.findMany({
    where: { experimentId, archivedAt: null },
    distinct: ['groupKey'],
    orderBy: { id: 'desc' },
    take: mostGroups,
  });
  return latest
    .map((run) => ({ groupKey: run.groupKey, latest: run }))
    .sort((one, other) => (one.latest.label < other.latest.label ? -1 : 1));
}

/** The group in which the same networks learn alone on the same data and training; null for such a group itself, and while there is none. */
export async function findTwinGroup(tx: Tx, { latest }: Group): Promise<Group | null> {
  const key = await findTwinKey(tx, latest.id);
  return key === null ? null : findGroup(tx, key);
}
