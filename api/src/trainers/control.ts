import type { Tx } from '../db.ts';
import { ApiError, notFound } from '../errors.ts';
import { announce, type Change } from '../events/topics.ts';

/**
 * Lets trainers take nothing new, or again. What they run, they finish; a restart changes nothing of it.
 *
 * @throws NOT_FOUND naming the first that is not there; then none is changed.
 */
export async function drainTrainers(tx: Tx, ids: readonly string[], draining: boolean): Promise<void> {
  await findTrainers(tx, ids);
  await tx.trainer.updateMany({ where: { id: { in: [...ids] } }, data: { draining } });
  const held = draining ? [] : await tx.trainerDataset.findMany({ where: { trainerId: { in: [...ids] } }, select: { datasetId: true } });
  await announce(tx, [...changesOf(ids), ...held.map(({ datasetId }) => ['work', datasetId] as const)]);
}

/**
 * Forgets trainers that have left. What they trained stays, with their names; one that comes back joins as a new one.
 *
 * @throws CONFLICT for one that is at work: it would only join again.
 */
export async function removeTrainers(tx: Tx, ids: readonly string[]): Promise<void> {
  for (const { name, left, jobs } of await findTrainers(tx, ids))
    if (!left || jobs.length > 0)
      throw new ApiError(
        'CONFLICT',
        `The trainer "${name}" has not left: drain it, end it where it runs, then remove it. Nothing was removed.`,
      );
  await tx.trainer.deleteMany({ where: { id: { in: [...ids] } } });
  await announce(tx, changesOf(ids));
}

async function findTrainers(tx: Tx, ids: readonly string[]) {
  const jobs = { where: { state: 'RUNNING' as const }, select: { id: true } };
  const found = await tx.trainer.findMany({ where: { id: { in: [...ids] } }, select: { id: true, name: true, left: true, jobs } });
  const missing = ids.find((id) => !found.some((trainer) => trainer.id === id));
  if (missing !== undefined) throw notFound('trainer', missing);
  return found;
}

const changesOf = (ids: readonly string[]): Change[] => ids.map((id) => ['trainers', id]);
