import type { Tx } from '../../db.ts';
import { badInput, notFound } from '../../errors.ts';
import { findSides, type Side } from './side.ts';

/** The groups of an experiment and their twins; what is added to a group of it joins it. @throws NOT_FOUND, BAD_INPUT where there is nothing to add to. */
export async function findExperimentSides(tx: Tx, id: string, withTwins: boolean): Promise<Side[]> {
  const experiment = await tx.experiment.findUnique({ where: { id } });
  if (!experiment) throw notFound('experiment', id);
  if (experiment.archivedAt) throw badInput(`Experiment "${experiment.title}" is archived; bring it back before adding seeds.`);
  const where = { experimentId: id, archivedAt: null };
  const runs = await tx.run.findMany({ where, select: { groupKey: true }, distinct: ['groupKey'], orderBy: { id: 'asc' } });
  if (runs.length === 0) throw badInput(`Experiment "${experiment.title}" has no runs to add seeds to, but for archived ones.`);
  const sides = await findSides(
    tx,
    runs.map(({ groupKey }) => groupKey),
    withTwins,
  );
  return sides.map((side) => (side.role === 'GROUP' ? { ...side, experimentId: id } : side));
}
