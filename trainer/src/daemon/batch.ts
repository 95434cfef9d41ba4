import type { Kind } from '../work/kind.ts';
import type { Entry } from './outbox.ts';
import { type CommitReport, type FinalReport, isFinal, type LogReport } from './reports.ts';

/** Limits of the contract for one request. */
const MOST_ROWS = 2000;
const MOST_LINES = 500;

/** Reports that go to the API together: log lines, then one commit, then what ended the attempt. */
export type Batch = {
  /** The last entry it covers. */
  through: number;
  lines: { seq: number; report: LogReport }[];
  commit: CommitReport | null;
  final: FinalReport | null;
};

/**
 * Merges the oldest pending entries into one batch; null if there are none. A trainer that was cut off for a hundred epochs catches up
 * in a few requests and sends its newest checkpoint only: the others are out of date, and their files may be gone. Rows made
 * after a batch's checkpoint wait for the next batch, so that no commit claims rows that its checkpoint does not cover.
 *
 * @param kind of the work that made the reports
 * @param share of what the contract allows at once, where a proxy takes less; a single entry is a batch, however small that is
 */
export function nextBatch(kind: Kind, pending: readonly Entry[], share = 1): Batch | null {
  const newest = pending.findLast(hasCheckpoint)?.seq;
  const taken = cutAfter(kind, newest, takeWithinLimits(kind, pending, share));
  const last = taken.at(-1);
  if (!last) return null;
  const batch: Batch = { through: last.seq, lines: [], commit: null, final: null };
  for (const { seq, report } of taken) {
    if (report.kind === 'log') batch.lines.push({ seq, report });
    else if (report.kind === 'commit') batch.commit = merge(kind, batch.commit, seq === newest ? report : { ...report, checkpoint: null });
    else batch.final = report;
  }
  return batch;
}

function hasCheckpoint({ report }: Entry): boolean {
  return report.kind === 'commit' && report.checkpoint !== null;
}

function takeWithinLimits(kind: Kind, pending: readonly Entry[], share: number): Entry[] {
  const taken: Entry[] = [];
  let rows = 0;
  let lines = 0;
  for (const entry of pending) {
    const { report } = entry;
    if (report.kind === 'commit') rows += kind.rows(report);
    if (report.kind === 'log') lines += 1;
    if (taken.length > 0 && (rows > MOST_ROWS * share || lines > MOST_LINES * share)) break;
    taken.push(entry);
    if (isFinal(report)) break;
  }
  return taken;
}

function cutAfter(kind: Kind, checkpoint: number | undefined, entries: Entry[]): Entry[] {
  if (checkpoint === undefined || !entries.some(({ seq }) => seq === checkpoint)) return entries;
  const uncovered = entries.findIndex(({ seq, report }) => seq > checkpoint && report.kind === 'commit' && kind.rows(report) > 0);
  return uncovered === -1 ? entries : entries.slice(0, uncovered);
}

function merge(kind: Kind, earlier: CommitReport | null, later: CommitReport): CommitReport {
  if (!earlier) return later;
  return { kind: 'commit', ...kind.merge(earlier, later), checkpoint: later.checkpoint ?? earlier.checkpoint };
}
