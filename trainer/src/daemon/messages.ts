import type { CohortRow, EpochRow, NetworkReport, Progress, StoredCheckpoint, TrainingResult } from '../training/events.ts';
import type { TrainingJob } from '../training/train.ts';
import type { LogLevel } from './reports.ts';

/** Why a job is to stop before its end. */
export type StopReason = 'cancelled' | 'handed back';

/** What the daemon tells a job's child process. */
export type ToChild =
  | { type: 'start'; job: TrainingJob; engine: string; threads: number | null }
  /** Finish the batch under way and end; with a checkpoint, unless nobody will go on. */
  | { type: 'stop'; reason: StopReason }
  /** The report with this id is on the disk. */
  | { type: 'ack'; id: number };

/** What must be on the daemon's disk before the child goes on. */
export type ChildReport =
  | { type: 'networks'; networks: NetworkReport[]; fingerprint: Record<string, unknown> }
  | { type: 'epochs'; rows: EpochRow[]; cohort: CohortRow[]; checkpoint: StoredCheckpoint | null }
  | { type: 'finished'; result: TrainingResult }
  | { type: 'stopped' }
  | { type: 'failed'; error: string; permanent: boolean; discardCheckpoint: boolean };

/** What a job's child process tells the daemon. */
export type FromChild =
  | { type: 'report'; id: number; report: ChildReport }
  | { type: 'log'; level: LogLevel; text: string }
  | { type: 'progress'; progress: Progress }
  /** Some part of the work, however small, is done. */
  | { type: 'alive' };
