import type { Api } from '../client/api.ts';
import type { ArtifactCache } from './artifact-cache.ts';
import type { Log } from './log.ts';
import type { WarmProcess } from './warm-process.ts';

/** What all jobs of a daemon share. */
export type JobContext = {
  readonly api: Api;
  readonly cache: ArtifactCache;
  readonly log: Log;
  /** Engines that work here, fastest first; finding out takes a moment. */
  readonly engines: Promise<readonly string[]>;
  /** CPU threads that a job computes with. */
  readonly threads: number;
  readonly processes: WarmProcess;
  /** Something before the API lets this trainer's files or reports not through; taking the next run would be in vain. */
  readonly obstructed: (reason: string) => void;
};
