import type { Tx } from '../db.ts';
import { badInput, leaseLost } from '../errors.ts';
import { announce } from '../events/topics.ts';
import type { LogLine } from '../generated/prisma/client.ts';
import type { LeaseKey } from '../jobs/renew.ts';
import { lockHeldRun } from '../sql/lease.ts';
import { insertLogLines, type ReportedLine } from '../sql/logs.ts';

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
  const runId = await lockHeldRun(tx, lease.jobId, lease.attempt);
  if (runId === undefined) throw leaseLost(lease.jobId, lease.attempt);
  if (lines.length > 0) {
    await insertLogLines(tx, runId, lease.attempt, lines);
    await announce(tx, [['log', runId]]);
  }
  return true;
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

/** All of a run's lines after a cursor, in order. */
export async function readLogToItsEnd(tx: Tx, runId: string, after: number): Promise<LogLine[]> {
  const lines: LogLine[] = [];
  for (;;) {
    const page = await readLog(tx, runId, lines.at(-1)?.seq ?? after);
    lines.push(...page);
    if (page.length < maxRead) return lines;
  }
}
