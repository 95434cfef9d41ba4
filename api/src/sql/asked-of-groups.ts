import { Prisma, type Tx } from '../db.ts';

/** A network of a run that counts, and the bytes that it is known by in questions. */
export type CountingNetwork = { runId: string; groupKey: string; seed: number; network: number; sha256: string };

/** Networks of the runs of these groups that count, of those that have weights. */
export async function findCountingNetworks(tx: Pick<Tx, '$queryRaw'>, groupKeys: readonly string[]): Promise<CountingNetwork[]> {
  return tx.$queryRaw(Prisma.sql`
    SELECT c.run_id AS "runId", c.group_key AS "groupKey", c.seed, a.network, a.sha256
    FROM counting_runs c
    JOIN jobs j ON j.run_id = c.run_id
    JOIN job_artifacts a ON a.job_id = j.id AND a.kind = 'SELECTED_WEIGHTS'
    WHERE c.group_key = ANY (${[...groupKeys]})`);
}

export type AskedOfGroups = {
  id: string;
  kind: string;
  question: unknown;
  state: string;
  networks: { runId: string | null; network: number; label: string; reference: boolean; sha256: string }[];
  /** Charts, tables and notes; null until there is an answer. */
  result: unknown;
};

/** Analyses that are about any of these weights, newest first: without their planes, which are long and have no mean. */
export async function findAskedOf(tx: Pick<Tx, '$queryRaw'>, weights: readonly string[], most: number): Promise<AskedOfGroups[]> {
  return tx.$queryRaw(Prisma.sql`
    SELECT x.id, x.kind::text AS kind, x.question, j.state::text AS state, x.result - 'maps' - 'figures' AS result,
      (SELECT json_agg(json_build_object('runId', n.run_id, 'network', n.network, 'label', n.label, 'reference', n.reference,
        'sha256', n.sha256) ORDER BY n.position) FROM analysed_networks n WHERE n.analysis_id = x.id) AS networks
    FROM analyses x
    JOIN jobs j ON j.analysis_id = x.id
    WHERE x.id IN (SELECT analysis_id FROM analysed_networks WHERE sha256 = ANY (${[...weights]}))
    ORDER BY x.created_at DESC, x.id DESC
    LIMIT ${most}`);
}

/** Whether any of these is one of the groups, one of their runs, or a run whose analyses are about weights that theirs have, too. */
export async function areOfGroups(
  tx: Pick<Tx, '$queryRaw'>,
  groupsOrRuns: readonly string[],
  groupKeys: readonly string[],
): Promise<boolean> {
  const groups = new Set(groupKeys);
  if (groupsOrRuns.some((id) => groups.has(id))) return true;
  const [found] = await tx.$queryRaw<{ yes: boolean }[]>(Prisma.sql`
    SELECT EXISTS (SELECT 1 FROM runs WHERE id = ANY (${[...groupsOrRuns]}) AND group_key = ANY (${[...groupKeys]}))
      OR EXISTS (
        SELECT 1 FROM analysed_networks n
        JOIN job_artifacts a ON a.sha256 = n.sha256 AND a.kind = 'SELECTED_WEIGHTS'
        JOIN jobs j ON j.id = a.job_id
        JOIN runs r ON r.id = j.run_id
        WHERE n.run_id = ANY (${[...groupsOrRuns]}) AND r.group_key = ANY (${[...groupKeys]})) AS yes`);
  return found?.yes ?? false;
}
