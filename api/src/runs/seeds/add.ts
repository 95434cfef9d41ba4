import { wantHeldAgainst } from '../../analyses/held-against.ts';
import type { Tx } from '../../db.ts';
import { ApiError } from '../../errors.ts';
import { lockDeck } from '../../sql/deck.ts';
import { scheduleRuns } from '../schedule.ts';
import { planSeeds, type SeedsPlan } from './plan.ts';
import type { Side } from './side.ts';

/**
 * Schedules what gives all sides the same further seeds, seed by seed, so that pairs come to be as early as they can. Two who ask at once
 * add to what the other has added: no seed is run twice.
 *
 * @param findSides is asked once nobody else adds any.
 * @returns the plan, and the runs' ids in the order in which they will be claimed.
 * @throws as `planSeeds` and `scheduleRuns` do; CONFLICT if a dataset's name has come to mean other bytes. Then nothing is stored.
 */
export async function addSeeds(
  tx: Tx,
  findSides: (tx: Tx) => Promise<Side[]>,
  count: number,
  createdBy: string,
): Promise<{ plan: SeedsPlan; sides: Side[]; scheduled: string[] }> {
  await lockDeck(tx);
  const sides = await findSides(tx);
  const plan = await planSeeds(tx, sides, count);
  const scheduled: string[] = [];
  for (const seed of plan.seeds)
    for (const { side, seeds } of plan.runs) if (seeds.includes(seed)) scheduled.push(await scheduleSeed(tx, side, seed, createdBy));
  // Twins are scheduled after those that are held against them.
  await wantHeldAgainst(tx, scheduled, createdBy);
  return { plan, sides, scheduled };
}

async function scheduleSeed(tx: Tx, side: Side, seed: number, createdBy: string): Promise<string> {
  const { groupKey, label, experimentId, spec, execution, questions, reference } = side;
  const runs = { experimentId, spec, seeds: [seed], priority: 0, execution, note: '', tags: [], questions, reference };
  const [id = ''] = await scheduleRuns(tx, runs, createdBy);
  const { groupKey: key, dataset } = await tx.run.findUniqueOrThrow({ where: { id }, include: { dataset: true } });
  if (key !== groupKey)
    throw new ApiError(
      'CONFLICT',
      `"${label}" was trained on other bytes than those that ${dataset.name} means now: further seeds could not be compared with it.`,
    );
  return id;
}
