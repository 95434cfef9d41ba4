import type { StoredArtifact, StoredCheckpoint } from '../stored-files.ts';
import type { LogLevel } from '../work/work.ts';

export type LogReport = { kind: 'log'; at: string; level: LogLevel; text: string };

/** A part of what the work has come to, under the names that its kind has for it, and the checkpoint that covers it. */
export type CommitReport<Part extends object = object> = { kind: 'commit'; checkpoint: StoredCheckpoint | null } & Part;

export type FailReport = { kind: 'fail'; error: string; cancelled: boolean; permanent: boolean; discardCheckpoint: boolean };

/** The result, likewise, and its files. */
export type FinishReport<Result extends object = object> = { kind: 'finish'; artifacts: StoredArtifact[] } & Result;

/** What ends a job's attempt; nothing is reported after it. */
export type FinalReport = FinishReport | FailReport | { kind: 'handBack'; reason: string };

/** What a trainer has to say about a job, as it lies in the job's outbox. */
export type Report = LogReport | CommitReport | FinalReport;

export function isFinal(report: Report): report is FinalReport {
  return report.kind !== 'log' && report.kind !== 'commit';
}

/** A report that the work failed, with every flag off but those given. */
export function failure(error: string, flags: Partial<Omit<FailReport, 'kind' | 'error'>> = {}): FailReport {
  return { kind: 'fail', error, cancelled: false, permanent: false, discardCheckpoint: false, ...flags };
}
