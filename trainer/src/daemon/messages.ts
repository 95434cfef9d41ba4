import type { JobKind } from '../client/generated/graphql.ts';
import type { StoredCheckpoint } from '../stored-files.ts';
import type { LogLevel, Outcome, Progress } from '../work/work.ts';

/** Why a job is to stop before its end. */
export type StopReason = 'cancelled' | 'handed back';

/** What the daemon tells a job's child process. */
export type ToChild =
  | { type: 'start'; kind: JobKind; job: object; workDir: string; engine: string; threads: number }
  /** Finish the batch under way and end; with a checkpoint, unless nobody will go on. */
  | { type: 'stop'; reason: StopReason }
  /** The report with this id is on the disk. */
  | { type: 'ack'; id: number };

/** What must be on the daemon's disk before the child goes on. */
export type ChildReport =
  | { type: 'part'; part: object; checkpoint: StoredCheckpoint | null }
  | { type: 'finished'; result: Outcome }
  | { type: 'stopped' }
  | { type: 'failed'; error: string; permanent: boolean; discardCheckpoint: boolean };

/** What a job's child process tells the daemon. */
export type FromChild =
  | { type: 'report'; id: number; report: ChildReport }
  | { type: 'log'; level: LogLevel; text: string }
  | { type: 'progress'; progress: Progress }
  /** Some part of the work, however small, is done; the next may be silent for so many seconds. */
  | { type: 'alive'; silence: number };
