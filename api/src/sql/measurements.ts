import type { Figure, Split } from '@studyhall/contract/measures/measure.ts';
import { Prisma, type Tx } from '../db.ts';
import { type MetricsSlice, type PageEnd, pagesOf, within } from './metrics-page.ts';

/** In place of a network: the cohort, or its ensemble. */
export const cohort = -1;
/** In place of a pair's second network: there is none. */
export const none = -1;

/** `epoch` 0: a final figure. */
export type MeasurementRow = { epoch: number; network: number; other: number; measure: string; split: Split; value: number };

export type RunMeasurement = MeasurementRow & { runId: string };

const columns = Prisma.sql`x.run_id AS "runId", x.epoch, x.network, x.other, x.measure, x.split, x.value`;

/** Writes a run's measurements; one that stands already is replaced. */
export async function upsertMeasurements(tx: Tx, runId: string, jobId: string, rows: readonly MeasurementRow[]): Promise<void> {
  if (rows.length === 0) return;
  const of = <Key extends keyof MeasurementRow>(key: Key) => rows.map((row) => row[key]);
  await tx.$executeRaw(Prisma.sql`
    INSERT INTO measurements (run_id, job_id, epoch, network, other, measure, split, value)
    SELECT ${runId}, ${jobId}, r.*
    FROM unnest(${of('epoch')}::int[], ${of('network')}::int[], ${of('other')}::int[], ${of('measure')}::text[], ${of('split')}::text[],
      ${of('value')}::float8[]) AS r
    ON CONFLICT (run_id, epoch, network, other, measure, split) DO UPDATE SET value = excluded.value, job_id = excluded.job_id`);
}

/** Final figures of these runs; of one measure on one split, if that is given. */
export async function readFinalMeasurements(tx: Tx, runIds: readonly string[], figure?: Figure): Promise<RunMeasurement[]> {
  const asked = figure ? Prisma.sql`AND x.measure = ${figure.measure} AND x.split = ${figure.split} AND x.other = ${none}` : Prisma.empty;
  return tx.$queryRaw<RunMeasurement[]>(Prisma.sql`
    SELECT ${columns} FROM measurements x WHERE x.run_id = ANY (${[...runIds]}) AND x.epoch = 0 ${asked}
    ORDER BY x.run_id, x.network, x.other, x.measure, x.split`);
}

/** What was measured at the epochs whose rows are in these pages. */
export async function readEpochMeasurements(tx: Tx, ends: readonly PageEnd[], slice: MetricsSlice): Promise<RunMeasurement[]> {
  return tx.$queryRaw<RunMeasurement[]>(Prisma.sql`
    SELECT ${columns} FROM ${pagesOf(ends)} JOIN epoch_metrics m ON ${within(slice)}
    JOIN measurements x ON x.run_id = m.run_id AND x.epoch = m.epoch AND x.network = m.network AND x.other = ${none}
    UNION ALL
    SELECT ${columns} FROM ${pagesOf(ends)} JOIN cohort_metrics m ON ${within(slice)}
    JOIN measurements x ON x.run_id = m.run_id AND x.epoch = m.epoch AND (x.network = ${cohort} OR x.other <> ${none})`);
}
