import { written } from '@studyhall/contract/settings/written.ts';
import type { Tx } from '../db.ts';
import { badInput, leaseLost } from '../errors.ts';
import { announce } from '../events/topics.ts';
import type { LogLine } from '../generated/prisma/client.ts';
import { storable } from '../limits/storable.ts';
import { type LeaseKey, lockHeld } from '../sql/lease.ts';
import { insertLogLines, type ReportedLine, readLogLines } from '../sql/logs.ts';

export const maxLines = 500;
export const maxLineLength = 4000;

/** Most lines that one read gives. */
const maxRead = 2000;

/**
 * Adds log lines to a job. A line sent twice (same attempt, same key) is kept once.
 *
 * @throws LEASE_LOST; BAD_INPUT for too many or too long lines.
 */
export async function reportLog(tx: Tx, lease: LeaseKey, lines: readonly ReportedLine[]): Promise<true> {
  if (lines.length > maxLines) throw badInput(`lines has ${written(lines.length)} entries; at most ${written(maxLines)}.`);
  const long = lines.findIndex(({ text }) => text.length > maxLineLength);
  if (long >= 0)
    throw badInput(`lines.${long}.text has ${written(lines[long]?.text.length ?? 0)} characters; at most ${written(maxLineLength)}.`);
  if (!(await lockHeld(tx, lease))) throw leaseLost(lease.jobId, lease.attempt);
  if (lines.length > 0) {
    const kept = lines.map((line) => ({ ...line, text: storable(line.text) }));
    await insertLogLines(tx, lease.jobId, lease.attempt, kept);
    await announce(tx, [['log', lease.jobId]]);
  }
  return true;
}

/** A job's lines after a cursor, in order; the last ones of these if `last` is given. At most 2,000 lines and 1 MB. */
export async function readLog(tx: Tx, jobId: string, after: number, last?: number | null): Promise<LogLine[]> {
  const page = { after, limit: Math.max(0, Math.min(last ?? maxRead, maxRead)), fromEnd: last != null };
  return readLogLines(tx, jobId, page);
}
