import { isProxysFault, outageReason } from '../client/errors.ts';
import type { Progress } from '../training/events.ts';
import { explainFullDisk } from './durable.ts';
import type { JobContext } from './job-context.ts';
import type { JobFolder } from './job-folder.ts';
import { CheckpointUnusable, fetchInputs, type JobInputs } from './job-inputs.ts';
import type { ChildReport, StopReason } from './messages.ts';
import { type FinalReport, failure, type LogLevel } from './reports.ts';
import type { TrainingEnd, TrainingProcess } from './training-process.ts';

export type JobTrainingEvents = {
  progress(progress: Progress): void;
  /** The files it begins with wait for an API that is away, or no longer do. */
  waiting(reason: string | null): void;
  renewedAt(): number;
  /** Something before the API lets no file through. */
  obstructed(reason: string): void;
};

/** The training of one attempt in a child process, from its inputs to the report that ends it. */
export class JobTraining {
  readonly #folder: JobFolder;
  readonly #context: JobContext;
  readonly #events: JobTrainingEvents;
  readonly #stopping = new AbortController();
  #stopReason: StopReason | null = null;
  #process: TrainingProcess | null = null;

  constructor(folder: JobFolder, context: JobContext, events: JobTrainingEvents) {
    this.#folder = folder;
    this.#context = context;
    this.#events = events;
  }

  /** Aborted once it is to stop, for whatever reason. */
  get stopping(): AbortSignal {
    return this.#stopping.signal;
  }

  get stopReason(): StopReason | null {
    return this.#stopReason;
  }

  /** Finishes the batch under way. A cancel outdoes a hand-back. */
  stop(reason: StopReason): void {
    if (this.#stopReason === 'cancelled') return;
    this.#stopReason = reason;
    this.#stopping.abort();
    this.#process?.stop(reason);
  }

  /** Ends the process at once. */
  kill(): void {
    this.#process?.kill();
  }

  async ended(): Promise<void> {
    await this.#process?.exited();
  }

  /** Trains on that engine; the report that ends the attempt. @throws what storing a report threw; AbortError. */
  async run(engine: string, signal: AbortSignal): Promise<FinalReport> {
    const { processes, threads } = this.#context;
    const { claim } = this.#folder;
    const { train } = claim;
    if (!train) throw new Error(`job ${claim.jobId} names no run to train`);
    const child = processes.take();
    this.#process = child;
    try {
      if (child.pid) await this.#folder.notePid(child.pid);
      const inputs = await this.#inputs(signal);
      if ('kind' in inputs) return inputs;
      const job = {
        spec: train.spec,
        seed: train.seed,
        datasetHash: train.datasetHash,
        checkpointEvery: train.checkpointEvery,
        workDir: await this.#folder.workDir(),
        ...inputs,
      };
      const ended = child.train({ type: 'start', job, engine, threads }, claim.stallSeconds, {
        report: (report) => this.#store(report),
        log: (level, text) => this.#reportLine(level, text),
        progress: (progress) => this.#events.progress(progress),
      });
      if (this.#stopReason) child.stop(this.#stopReason);
      return this.#conclude(await ended);
    } finally {
      child.kill();
    }
  }

  /** The files to begin with, or the report that there are none to be had. */
  async #inputs(over: AbortSignal): Promise<JobInputs | FinalReport> {
    const { cache } = this.#context;
    const signal = AbortSignal.any([over, this.#stopping.signal]);
    try {
      const { waiting, renewedAt } = this.#events;
      const inputs = await fetchInputs(this.#folder, cache, waiting, signal, renewedAt);
      this.#events.waiting(null);
      return inputs;
    } catch (error) {
      if (signal.aborted) return this.#conclude({ kind: 'stopped' });
      if (error instanceof Error && isProxysFault(error)) {
        const reason = outageReason(error);
        this.#events.obstructed(reason);
        return { kind: 'handBack', reason };
      }
      if (error instanceof CheckpointUnusable) return failure(error.message, { discardCheckpoint: true });
      return failure(
        explainFullDisk(error, cache.folder) ?? `A teacher's weights cannot be had: ${error instanceof Error ? error.message : error}`,
      );
    }
  }

  #conclude(end: TrainingEnd): FinalReport {
    if (end.kind === 'finished') return { kind: 'finish', ...end.result };
    if (end.kind === 'failed') {
      const { kind: _, error, ...flags } = end;
      return failure(error, this.#stopReason === 'cancelled' ? { ...flags, cancelled: true } : flags);
    }
    if (this.#stopReason === 'handed back') return { kind: 'handBack', reason: 'the trainer was stopped' };
    return failure('cancelled', { cancelled: true });
  }

  async #store(report: Extract<ChildReport, { type: 'networks' | 'epochs' }>): Promise<void> {
    const commit = { kind: 'commit', rows: [], cohort: [], checkpoint: null, networks: null, fingerprint: null } as const;
    if (report.type === 'networks') {
      await this.#folder.store({ ...commit, rows: [], cohort: [], networks: report.networks, fingerprint: report.fingerprint });
    } else {
      await this.#folder.store({ ...commit, rows: report.rows, cohort: report.cohort, checkpoint: report.checkpoint });
    }
  }

  async #reportLine(level: LogLevel, text: string): Promise<void> {
    await this.#folder.store({ kind: 'log', at: new Date().toISOString(), level, text });
  }
}
