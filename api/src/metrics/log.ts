import { Prisma, type Tx } from '../db.ts';
import { badInput, leaseLost } from '../errors.ts';
import { announce } from '../events/topics.ts';
import type { LogLevel, LogLine } from '../generated/prisma/client.ts';
import type { LeaseKey } from '../jobs/renew.ts';

export type ReportedLine = { key: number; at: Date; level: LogLevel; text: string };

export const maxLines = 500;
export const maxLineLength = 4000;

/**
 * Adds log lines to a run. A line sent twice (same attempt, same key) is kept once.
 *
 * @throws LEASE_LOST; BAD_INPUT for too many or too long lines.
 */
export async function reportLog(tx: Tx, lease: LeaseKey, lines: readonly ReportedLine[]): Promise<true> {
  if (lines.length > maxLines) throw badInput(`lines has ${lines.length} entries; at most ${maxLines}.`);
  const long = lines.findIndex(({ text }) => text.length > maxLineLength);
  if (long >= 0) throw badInput(`lines.${long}.text has ${lines[long]?.text.length} characters; at most ${maxLineLength}.`);
  const [held] = await tx.$queryRaw<{ run_id: string }[]>(Prisma.sql`
    SELECT run_id FROM jobs WHERE id = ${lease.jobId} AND attempt = ${lease.attempt} AND state = 'RUNNING' FOR UPDATE`);
  if (!held) throw leaseLost(lease.jobId, lease.attempt);
  if (lines.length > 0) {
    await insertLines(tx, held.run_id, lease.attempt, lines);
    await announce(tx, [['log', held.run_id]]);
  }
  return true;
}

async function insertLines(tx: Tx, runId: string, attempt: number, lines: readonly ReportedLine[]): Promise<void> {
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

/** Most lines that one read gives. */
const maxRead = 2000;

/** A run's lines after a cursor, in order; the last ones of these if `last` is given. */
export async function readLog(tx: Tx, runId: string, after: number, last?: number | null): Promise<LogLine[]> {
  const where = { runId, seq: { gt: after } };
  if (last === null || last === undefined) return tx.logLine.findMany({ where, orderBy: { seq: 'asc' }, take: maxRead });
  const lines = await tx.logLine.findMany({ where, orderBy: { seq: 'desc' }, take: Math.max(0, Math.min(last, maxRead)) });
  return lines.reverse();
}
