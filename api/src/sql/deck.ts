import { Prisma, type Tx } from '../db.ts';

export type GroupRun = { id: string; group_key: string; seed: number; state: string };

/** The runs of these groups that count: neither archived nor ended without success; per group and seed the one that has come furthest. */
export async function findGroupRuns(tx: Tx, groupKeys: readonly string[]): Promise<GroupRun[]> {
  return tx.$queryRaw<GroupRun[]>(Prisma.sql`
    SELECT DISTINCT ON (r.group_key, r.seed) r.id, r.group_key, r.seed, j.state::text AS state
    FROM runs r JOIN jobs j ON j.run_id = r.id
    WHERE r.group_key = ANY (${[...groupKeys]}) AND r.archived_at IS NULL AND j.state NOT IN ('FAILED', 'CANCELLED')
    ORDER BY r.group_key, r.seed, array_position(ARRAY['SUCCEEDED', 'RUNNING', 'QUEUED', 'BLOCKED'], j.state::text), j.finished_at DESC, r.id`);
}

/** Until the transaction ends, nobody else schedules a preset: two who ask at once do not both find a run missing. */
export async function lockDeck(tx: Tx): Promise<void> {
  await tx.$executeRaw(Prisma.sql`SELECT pg_advisory_xact_lock(hashtext('studyhall.deck'))`);
}
