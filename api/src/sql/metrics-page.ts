import { Prisma, type Tx } from '../db.ts';
import type { CohortMetric, EpochMetric } from '../generated/prisma/client.ts';

/** Rows of a run after a revision; of each network those of some `points` epochs, evenly spread, if that is given. */
export type MetricsSlice = { after: number; points?: number | null | undefined };

export type PageEnd = { id: string; revision: number; until: number };

/** Up to which revision each run's page reaches: about as many rows as that, but every revision whole. */
export async function findPageEnds(tx: Tx, runIds: readonly string[], after: number, rows: number): Promise<PageEnd[]> {
  const beyond = (table: Prisma.Sql) => Prisma.sql`
    (SELECT m.revision FROM ${table} m WHERE m.run_id = r.id AND m.revision > ${after} ORDER BY m.revision OFFSET ${rows - 1} LIMIT 1)`;
  return tx.$queryRaw<PageEnd[]>(Prisma.sql`
    SELECT r.id, r.revision, least(r.revision, ${beyond(Prisma.sql`epoch_metrics`)}, ${beyond(Prisma.sql`cohort_metrics`)}) AS until
    FROM runs r WHERE r.id = ANY (${[...runIds]})`);
}

export async function readEpochRows(tx: Tx, ends: readonly PageEnd[], slice: MetricsSlice): Promise<EpochMetric[]> {
  return tx.$queryRaw<EpochMetric[]>(Prisma.sql`
    SELECT m.run_id AS "runId", m.epoch, m.network, m.revision, m.train_loss AS "trainLoss", m.train_terms AS "trainTerms",
      m.train_accuracy AS "trainAccuracy", m.validation_loss AS "validationLoss",
      m.validation_accuracy AS "validationAccuracy", m.learning_rate AS "learningRate",
      m.images_per_second AS "imagesPerSecond", m.seconds
    FROM ${pagesOf(ends)} JOIN epoch_metrics m ON ${within(slice)}
    ORDER BY m.epoch, m.network`);
}

export async function readCohortRows(tx: Tx, ends: readonly PageEnd[], slice: MetricsSlice): Promise<CohortMetric[]> {
  return tx.$queryRaw<CohortMetric[]>(Prisma.sql`
    SELECT m.run_id AS "runId", m.epoch, m.revision, m.ensemble_validation_loss AS "ensembleValidationLoss",
      m.ensemble_validation_accuracy AS "ensembleValidationAccuracy"
    FROM ${pagesOf(ends)} JOIN cohort_metrics m ON ${within(slice)}
    ORDER BY m.epoch`);
}

/** The last epoch that a page told of was taken back to, if rows were removed within it. */
export async function readRemovals(tx: Tx, ends: readonly PageEnd[], after: number): Promise<{ run_id: string; after_epoch: number }[]> {
  return tx.$queryRaw(Prisma.sql`
    SELECT m.run_id, min(m.after_epoch) AS after_epoch
    FROM ${pagesOf(ends)} JOIN metric_removals m ON ${within({ after })}
    GROUP BY m.run_id`);
}

/** The runs of these pages: `p.until` is the page's end, `r` the run. */
export const pagesOf = (ends: readonly PageEnd[]) => Prisma.sql`
  unnest(${ends.map(({ id }) => id)}::text[], ${ends.map(({ until }) => until)}::int[]) AS p(run_id, until) JOIN runs r ON r.id = p.run_id`;

/** Whether a row `m` of a run lies in its page. */
export function within({ after, points }: MetricsSlice): Prisma.Sql {
  const page = Prisma.sql`m.run_id = r.id AND m.revision > ${after} AND m.revision <= p.until`;
  if (points == null) return page;
  return Prisma.sql`${page} AND (m.epoch % ceil(r.epochs / ${points}::float8)::int = 0 OR m.epoch IN (1, r.epochs))`;
}
