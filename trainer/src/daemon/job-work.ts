import { isProxysFault, outageReason } from '../client/errors.ts';
import { kinds } from '../work/kinds.ts';
import type { LogLevel, Progress } from '../work/work.ts';
import { explainFullDisk } from './durable.ts';
import type { JobContext } from './job-context.ts';
import type { JobFolder } from './job-folder.ts';
import { CheckpointUnusable, fetchInputs, type JobInputs } from './job-inputs.ts';
import type { StopReason } from './messages.ts';
import { type FinalReport, failure } from './reports.ts';
import type { WorkEnd, WorkProcess } from './work-process.ts';

export type JobWorkEvents = {
  progress(progress: Progress): void;
  /** The files it begins with wait for an API that is away, or no longer do. */
  waiting(reason: string | null): void;
  renewedAt(): number;
  /** Something before the API lets no file through. */
  obstructed(reason: string): void;
};

/** The work of one attempt in a child process, from its inputs to the report that ends it. */
export class JobWork {
  readonly #folder: JobFolder;
  readonly #context: JobContext;
  readonly #events: JobWorkEvents;
  readonly #stopping = new AbortController();
  #stopReason: StopReason | null = null;
  #process: WorkProcess | null = null;

  constructor(folder: JobFolder, context: JobContext, events: JobWorkEvents) {
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

  /** Does it on that engine; the report that ends the attempt. @throws what storing a report threw; AbortError. */
  async run(engine: string, signal: AbortSignal): Promise<FinalReport> {
    const { processes, threads } = this.#context;
    const { claim } = this.#folder;
    const child = processes.take();
    this.#process = child;
    try {
      if (child.pid) await this.#folder.notePid(child.pid);
      const begun = await this.#inputs(signal);
      if ('kind' in begun) return begun;
      const { inputs, checkpoint } = begun;
      const { kind } = claim;
      const workDir = await this.#folder.workDir();
      const job = kinds[kind].job(claim, inputs, { workDir, checkpoint });
      const ended = child.work({ type: 'start', kind, job, workDir, engine, threads }, claim.stallSeconds, {
        report: ({ part, checkpoint }) => this.#folder.store({ ...part, kind: 'commit', checkpoint }),
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
      return failure(explainFullDisk(error, cache.folder) ?? (error instanceof Error ? error.message : String(error)));
    }
  }

  #conclude(end: WorkEnd): FinalReport {
    if (end.kind === 'finished') return { ...end.result, kind: 'finish' };
    if (end.kind === 'failed') {
      const { kind: _, error, ...flags } = end;
      return failure(error, this.#stopReason === 'cancelled' ? { ...flags, cancelled: true } : flags);
    }
    if (this.#stopReason === 'handed back') return { kind: 'handBack', reason: 'the trainer was stopped' };
    return failure('cancelled', { cancelled: true });
  }

  async #reportLine(level: LogLevel, text: string): Promise<void> {
    await this.#folder.store({ kind: 'log', at: new Date().toISOString(), level, text });
  }
}
