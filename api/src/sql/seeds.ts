import { Prisma, type Tx } from '../db.ts';
import { offers } from './engine-name.ts';

/** The run of a group and seed that comes first: it counts, or it failed, was cancelled or is archived and nothing stands in its place. */
export type SeedRun = { group_key: string; seed: number; run_id: string; state: string; archived: boolean };

export async function findSeedRuns(tx: Tx, groupKeys: readonly string[]): Promise<SeedRun[]> {
  return tx.$queryRaw<SeedRun[]>(Prisma.sql`
    SELECT group_key, seed, run_id, state::text AS state, archived FROM seed_runs
    WHERE group_key = ANY (${[...groupKeys]}) AND place = 1 ORDER BY group_key, seed`);
}

/** Of each group its latest run that is not archived; one that was not lost, if there is any. */
export async function findLatestRuns(tx: Tx, groupKeys: readonly string[]): Promise<string[]> {
  const rows = await tx.$queryRaw<{ id: string }[]>(Prisma.sql`
    SELECT DISTINCT ON (r.group_key) r.id FROM runs r JOIN jobs j ON j.run_id = r.id
    WHERE r.group_key = ANY (${[...groupKeys]}) AND r.archived_at IS NULL
    ORDER BY r.group_key, j.state IN ('FAILED', 'CANCELLED'), r.id DESC`);
  return rows.map(({ id }) => id);
}

/** INDEPENDENT networks (`t`) of these twin keys in runs that count (`c`). */
const fromTwins = (twinKeys: readonly string[]) => Prisma.sql`
    FROM networks t
    JOIN counting_runs c ON c.run_id = t.run_id
    JOIN runs x ON x.id = t.run_id AND x.method = 'INDEPENDENT'
    WHERE t.twin_key = ANY (${[...twinKeys]})`;

/** Seeds at which each of these twin keys has an INDEPENDENT network whose run counts, whatever its group. */
export async function findTwinSeeds(tx: Tx, twinKeys: readonly string[]): Promise<number[]> {
  const rows = await tx.$queryRaw<{ seed: number }[]>(Prisma.sql`
    SELECT c.seed ${fromTwins(twinKeys)}
    GROUP BY c.seed HAVING count(DISTINCT t.twin_key) = ${new Set(twinKeys).size} ORDER BY 1`);
  return rows.map(({ seed }) => seed);
}

/** Groups of INDEPENDENT networks among which all of these twin keys are, by the seeds that they have, most first. */
export async function findTwinGroups(tx: Tx, twinKeys: readonly string[]): Promise<string[]> {
  const rows = await tx.$queryRaw<{ group_key: string }[]>(Prisma.sql`
    SELECT c.group_key ${fromTwins(twinKeys)}
    GROUP BY c.group_key HAVING count(DISTINCT t.twin_key) = ${new Set(twinKeys).size}
    ORDER BY count(DISTINCT c.seed) DESC, c.group_key`);
  return rows.map(({ group_key }) => group_key);
}

export type RunSeconds = { group_key: string; seconds: number };

/**
 * How long a run of each of these groups takes: the median of what its runs took from claim to end in one go, on trainers that are there now
 * if any of those did one; else by the epochs reported so far. Groups of which nothing was measured are left out.
 */
export async function findRunSeconds(tx: Tx, groupKeys: readonly string[]): Promise<RunSeconds[]> {
  return tx.$queryRaw<RunSeconds[]>(Prisma.sql`
    WITH whole AS (
      SELECT r.group_key, extract(epoch FROM a.ended_at - a.started_at)::float8 AS seconds,
        EXISTS (SELECT FROM trainers t WHERE t.id = a.trainer_id AND NOT t.stopping AND NOT t."left") AS present
      FROM runs r JOIN jobs j ON j.run_id = r.id JOIN attempts a ON a.job_id = j.id
      WHERE r.group_key = ANY (${[...groupKeys]}) AND a.outcome = 'SUCCEEDED' AND a.resumed_from_epoch = 0
    ), measured AS (
      SELECT group_key, coalesce(percentile_cont(0.5) WITHIN GROUP (ORDER BY seconds) FILTER (WHERE present),
        percentile_cont(0.5) WITHIN GROUP (ORDER BY seconds)) AS seconds
      FROM whole GROUP BY 1
    ), by_epoch AS (
      SELECT r.group_key, avg(m.seconds) FILTER (WHERE n.role <> 'TEACHER') * max(r.epochs)
        + coalesce(avg(m.seconds) FILTER (WHERE n.role = 'TEACHER') * max(r.teacher_epochs), 0) AS seconds
      FROM runs r JOIN networks n ON n.run_id = r.id JOIN epoch_metrics m ON m.run_id = r.id AND m.network = n.index
      WHERE r.group_key = ANY (${[...groupKeys]}) AND r.group_key NOT IN (SELECT group_key FROM measured)
      GROUP BY 1
    )
    SELECT group_key, seconds FROM measured
    UNION ALL SELECT group_key, seconds FROM by_epoch WHERE seconds IS NOT NULL`);
}

/** Runs at once of those trainers that are there, hold the dataset and offer the engine; and how many runs are queued for any of them. */
export async function findRoom(tx: Tx, datasetId: string, engine: string): Promise<{ slots: number; ahead: number }> {
  const rows = await tx.$queryRaw<{ slots: number; ahead: number }[]>(Prisma.sql`
    WITH fitting AS (
      SELECT t.id, t.slots FROM trainers t JOIN trainer_datasets h ON h.trainer_id = t.id, (SELECT ${engine} AS engine) asked
      WHERE h.dataset_id = ${datasetId} AND NOT t.stopping AND NOT t."left"
        AND ${offers('asked.engine', 't.engines')}
    )
    SELECT coalesce((SELECT sum(slots) FROM fitting), 0)::int AS slots, (
      SELECT count(*)::int FROM jobs j
      WHERE j.state = 'QUEUED' AND j.dataset_id IN (SELECT dataset_id FROM trainer_datasets WHERE trainer_id IN (SELECT id FROM fitting))
    ) AS ahead`);
  return rows[0] ?? { slots: 0, ahead: 0 };
}
