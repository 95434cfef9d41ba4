import { Prisma, type Tx } from '../db.ts';

export type CountingRun = { id: string; group_key: string; seed: number; state: string };

/** The runs of these groups that count, at most one per seed (see the view). */
export async function findCountingRuns(tx: Tx, groupKeys: readonly string[]): Promise<CountingRun[]> {
  return tx.$queryRaw<CountingRun[]>(Prisma.sql`
    SELECT run_id AS id, group_key, seed, state::text AS state FROM counting_runs WHERE group_key = ANY (${[...groupKeys]})
    ORDER BY group_key, seed`);
}

/** Of each seed of a group the run that comes first, even if it is archived, failed or was cancelled because there is no better one. */
export async function findFirstRuns(tx: Tx, groupKey: string): Promise<{ run_id: string; seed: number }[]> {
  return tx.$queryRaw(Prisma.sql`SELECT run_id, seed FROM seed_runs WHERE group_key = ${groupKey} AND place = 1 ORDER BY seed`);
}
