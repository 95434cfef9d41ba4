import type { CohortRow, EpochRow, NetworkReport, Progress, StoredFile, TrainingResult } from '../training/events.ts';
import type { TrainingJob } from '../training/train.ts';
import type { LogLevel } from './reports.ts';

/** What the daemon tells a job's child process. */
export type ToChild =
  | { type: 'start'; job: TrainingJob; engine: string; threads: number | null }
  /** Finish the batch under way, write a checkpoint, end. */
  | { type: 'stop' }
  /** The report with this id is on the disk. */
  | { type: 'ack'; id: number };

/** What must be on the daemon's disk before the child goes on. */
export type ChildReport =
  | { type: 'networks'; networks: NetworkReport[]; fingerprint: Record<string, unknown> }
  | { type: 'epochs'; rows: EpochRow[]; cohort: CohortRow[]; checkpoint: { epoch: number; file: StoredFile } | null }
  | { type: 'finished'; result: TrainingResult }
  | { type: 'stopped' }
  | { type: 'failed'; error: string; permanent: boolean; discardCheckpoint: boolean };

/** What a job's child process tells the daemon. */
export type FromChild =
  | { type: 'report'; id: number; report: ChildReport }
  | { type: 'log'; level: LogLevel; text: string }
  | { type: 'progress'; progress: Progress };
