import { Prisma, type Tx } from '../db.ts';
import type { LogLevel } from '../generated/prisma/client.ts';

export type ReportedLine = { key: number; at: Date; level: LogLevel; text: string };

/** Adds lines after the last one; those that stand already (same attempt, same key) are left out. Call under the job's lock. */
export async function insertLogLines(tx: Tx, runId: string, attempt: number, lines: readonly ReportedLine[]): Promise<void> {
  // The run's row lock keeps the numbers rising in the order of commits, so a cursor passes over none.
  await tx.$executeRaw(Prisma.sql`
    WITH run AS (
      SELECT id, log_seq FROM runs WHERE id = ${runId} FOR UPDATE
    ), fresh AS (
      SELECT DISTINCT ON (l.key) l.*, dense_rank() OVER (ORDER BY l.key) AS place
      FROM unnest(${lines.map(({ key }) => key)}::int[], ${lines.map(({ at }) => at.toISOString())}::timestamptz[],
        ${lines.map(({ level }) => level)}::text[], ${lines.map(({ text }) => text.replaceAll('\u0000', ''))}::text[]) AS l(key, at, level, text)
      WHERE NOT EXISTS (SELECT FROM log_lines o WHERE o.run_id = ${runId} AND o.attempt = ${attempt} AND o.key = l.key)
    ), added AS (
      INSERT INTO log_lines (run_id, seq, attempt, key, at, level, text)
      SELECT run.id, run.log_seq + fresh.place, ${attempt}, fresh.key, fresh.at, fresh.level::log_level, fresh.text FROM run, fresh
      RETURNING seq
    )
    UPDATE runs SET log_seq = greatest(log_seq, (SELECT max(seq) FROM added)) WHERE id = ${runId} AND EXISTS (SELECT FROM added)`);
}
