import type { ProgressInput } from '../client/generated/graphql.ts';
import type { Engine } from '../engine/engine.ts';
import type { StoredArtifact, StoredCheckpoint } from '../stored-files.ts';

export type LogLevel = 'INFO' | 'WARN' | 'ERROR';

/** How far work has come, as it is shown. */
export type Progress = ProgressInput;

/** What work tells whoever had it done. */
export type Reporter = {
  log(level: LogLevel, text: string): void;
  /** At most a few times a second. */
  progress(progress: Progress): void;
  /** Resolves once it is kept: only then the work goes on, and may replace the checkpoint's file by the next. */
  report(part: object, checkpoint: StoredCheckpoint | null): Promise<void>;
};

/** What work comes to. */
export type Outcome = { artifacts: StoredArtifact[] };

/**
 * Does a job, from its start or a checkpoint to its end. It gives signs of life (`alive`).
 *
 * @throws WorkError where it cannot go on; WorkStopped once `signal` is aborted and the batch under way is done.
 */
export type Work<Job extends object = object> = { do(job: Job, engine: Engine, reporter: Reporter, signal: AbortSignal): Promise<Outcome> };
