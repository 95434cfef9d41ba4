import { Prisma, type Tx } from '../db.ts';

/** Raises the run's revision under its row's lock, which is kept until the transaction ends. */
export async function raiseRevision(tx: Tx, runId: string): Promise<number> {
  const rows = await tx.$queryRaw<{ revision: number }[]>(Prisma.sql`
    UPDATE runs SET revision = revision + 1 WHERE id = ${runId} RETURNING revision`);
  return rows[0]?.revision ?? 0;
}

/** What a report on a run may hold. It does not change once the run is scheduled. */
export type CommitTarget = {
  run_id: string;
  epochs: number;
  teacher_epochs: number | null;
  dataset_id: string;
  networks: { id: string; index: number; role: 'STUDENT' | 'PEER' | 'TEACHER'; model: string; view: string }[];
};

/** Says what a report on the run of that job may hold; undefined if the job is gone, or of another kind. */
export async function findCommitTarget(tx: Tx, jobId: string): Promise<CommitTarget | undefined> {
  const [target] = await tx.$queryRaw<CommitTarget[]>(Prisma.sql`
    SELECT r.id AS run_id, r.epochs, r.teacher_epochs, r.dataset_id, (
      SELECT jsonb_agg(jsonb_build_object('id', n.id, 'index', n.index, 'role', n.role, 'model', m.name, 'view', n.view) ORDER BY n.index)
      FROM networks n JOIN models m ON m.id = n.model_id WHERE n.run_id = r.id) AS networks
    FROM jobs j JOIN runs r ON r.id = j.run_id WHERE j.id = ${jobId}`);
  return target;
}

/**
 * Stores on what the run runs now. Once rows of another fingerprint stand, the run is marked: its numbers need not be bit-identical to
 * an uninterrupted one's.
 */
export async function storeFingerprint(tx: Tx, runId: string, jobId: string, attempt: number, fingerprint: unknown): Promise<void> {
  const json = JSON.stringify(fingerprint);
  await tx.$executeRaw(Prisma.sql`
    WITH mine AS (
      UPDATE attempts SET fingerprint = ${json}::jsonb WHERE job_id = ${jobId} AND attempt = ${attempt} RETURNING resumed_from_epoch
    )
    UPDATE runs SET fingerprint = ${json}::jsonb,
      mixed_fingerprints = CASE WHEN (SELECT resumed_from_epoch FROM mine) = 0 AND NOT EXISTS (
          SELECT FROM epoch_metrics WHERE run_id = ${runId}) THEN false
        ELSE mixed_fingerprints OR (fingerprint IS NOT NULL AND fingerprint <> ${json}::jsonb) END
    WHERE id = ${runId}`);
}

export type NetworkFacts = { index: number; parameters: number; flops?: number | null | undefined; initHash?: string | null | undefined };

/** What is known of the networks once they are built. */
export async function storeNetworks(tx: Tx, runId: string, networks: readonly NetworkFacts[]): Promise<void> {
  await tx.$executeRaw(Prisma.sql`
    UPDATE networks n SET parameters = r.parameters, flops = r.flops, init_hash = r.init_hash
    FROM unnest(${networks.map((n) => n.index)}::int[], ${networks.map((n) => n.parameters)}::int[],
      ${networks.map((n) => n.flops ?? null)}::float8[], ${networks.map((n) => n.initHash ?? null)}::text[])
      AS r(index, parameters, flops, init_hash)
    WHERE n.run_id = ${runId} AND n.index = r.index`);
}

export type Gap = { network: number; missing: number; first: number };

/** Epochs whose rows are missing, per network: a run is only finished when every one is there. */
export async function findGaps(tx: Tx, runId: string): Promise<Gap[]> {
  return tx.$queryRaw<Gap[]>(Prisma.sql`
    SELECT n.index AS network, count(*)::int AS missing, min(e)::int AS first
    FROM runs r
    JOIN networks n ON n.run_id = r.id
    CROSS JOIN LATERAL generate_series(1, CASE WHEN n.role = 'TEACHER' THEN r.teacher_epochs ELSE r.epochs END) e
    LEFT JOIN epoch_metrics m ON m.run_id = r.id AND m.epoch = e AND m.network = n.index
    WHERE r.id = ${runId} AND m.run_id IS NULL
    GROUP BY n.index ORDER BY n.index`);
}
