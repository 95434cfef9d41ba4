import { Prisma, type Tx } from '../db.ts';
import type { LogLevel, LogLine } from '../generated/prisma/client.ts';

export type ReportedLine = { key: number; at: Date; level: LogLevel; text: string };

/** Lines of a job that are kept: the latest. A job that prints in every step would else fill the disk. */
export const keptLines = 20_000;

/**
 * Adds lines after the last one; those that stand already (same attempt, same key) are left out, and the oldest make room. Call under the
 * job's lock.
 */
export async function insertLogLines(tx: Tx, jobId: string, attempt: number, lines: readonly ReportedLine[]): Promise<void> {
  // The job's row lock keeps the numbers rising in the order of commits, so a cursor passes over none.
  await tx.$executeRaw(Prisma.sql`
    WITH job AS (
      SELECT id, log_seq FROM jobs WHERE id = ${jobId} FOR UPDATE
    ), fresh AS (
      SELECT DISTINCT ON (l.key) l.*, dense_rank() OVER (ORDER BY l.key) AS place
      FROM unnest(${lines.map(({ key }) => key)}::int[], ${lines.map(({ at }) => at.toISOString())}::timestamptz[],
        ${lines.map(({ level }) => level)}::text[], ${lines.map(({ text }) => text)}::text[]) AS l(key, at, level, text)
      WHERE NOT EXISTS (SELECT FROM log_lines o WHERE o.job_id = ${jobId} AND o.attempt = ${attempt} AND o.key = l.key)
    ), added AS (
      INSERT INTO log_lines (job_id, seq, attempt, key, at, level, text)
      SELECT job.id, job.log_seq + fresh.place, ${attempt}, fresh.key, fresh.at, fresh.level::log_level, fresh.text FROM job, fresh
      RETURNING seq
    )
    UPDATE jobs SET log_seq = greatest(log_seq, (SELECT max(seq) FROM added)) WHERE id = ${jobId} AND EXISTS (SELECT FROM added)`);
  await tx.$executeRaw(Prisma.sql`
    DELETE FROM log_lines l USING jobs j
    WHERE j.id = ${jobId} AND l.job_id = j.id AND l.seq <= j.log_seq - ${keptLines}`);
}

export type LogPage = { after: number; limit: number; fromEnd: boolean };

/** Characters of text that a page holds at most, unless its one line is longer. */
const maxText = 1_000_000;

/** Lines after a cursor, the first or the last ones of these, in order. */
export async function readLogLines(tx: Tx, jobId: string, { after, limit, fromEnd }: LogPage): Promise<LogLine[]> {
  const order = Prisma.raw(fromEnd ? 'DESC' : 'ASC');
  return tx.$queryRaw<LogLine[]>(Prisma.sql`
    SELECT job_id AS "jobId", seq, attempt, key, at, level::text AS level, text FROM (
      SELECT *, sum(length(text)) OVER (ORDER BY seq ${order}) - length(text) AS before
      FROM (SELECT * FROM log_lines WHERE job_id = ${jobId} AND seq > ${after} ORDER BY seq ${order} LIMIT ${limit}) l
    ) page
    WHERE before < ${maxText} ORDER BY seq`);
}
