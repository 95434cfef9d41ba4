import type {
  CohortResult,
  CohortRow,
  EpochRow,
  NetworkReport,
  NetworkResult,
  StoredCheckpoint,
  TrainingResult,
} from '../training/events.ts';

export type LogLevel = 'INFO' | 'WARN' | 'ERROR';

export type LogReport = { kind: 'log'; at: string; level: LogLevel; text: string };

export type CommitReport = {
  kind: 'commit';
  rows: EpochRow[];
  cohort: CohortRow[];
  checkpoint: StoredCheckpoint | null;
  networks: NetworkReport[] | null;
  fingerprint: Record<string, unknown> | null;
};

export type FailReport = { kind: 'fail'; error: string; cancelled: boolean; permanent: boolean; discardCheckpoint: boolean };

/** What ends a job's attempt; nothing is reported after it. */
export type FinalReport =
  | { kind: 'finish'; networks: NetworkResult[]; cohort: CohortResult | null; artifacts: TrainingResult['artifacts'] }
  | FailReport
  | { kind: 'handBack'; reason: string };

/** What a trainer has to say about a job, as it lies in the job's outbox. */
export type Report = LogReport | CommitReport | FinalReport;

export function isFinal(report: Report): report is FinalReport {
  return report.kind !== 'log' && report.kind !== 'commit';
}

/** A report that failed training, with every flag off but those given. */
export function failure(error: string, flags: Partial<Omit<FailReport, 'kind' | 'error'>> = {}): FailReport {
  return { kind: 'fail', error, cancelled: false, permanent: false, discardCheckpoint: false, ...flags };
}
