import type { Api } from '../client/api.ts';
import { isRefusal } from '../client/errors.ts';
import { FailJobDocument } from '../client/generated/graphql.ts';
import type { Progress } from '../training/events.ts';
import type { ArtifactCache } from './artifact-cache.ts';
import { deliver } from './delivery.ts';
import { explainFullDisk } from './durable.ts';
import type { JobFolder } from './job-folder.ts';
import { CheckpointUnusable, checkpointEvery, fetchInputs, type JobInputs, wantedEngine } from './job-inputs.ts';
import { confirmLease, keepLease } from './lease.ts';
import type { Log } from './log.ts';
import type { ChildReport, StopReason } from './messages.ts';
import { type FinalReport, failure, type LogLevel } from './reports.ts';
import type { TrainingEnd, TrainingProcess } from './training-process.ts';
import type { WarmProcess } from './warm-process.ts';

/** How long the last reports of a stopping daemon may keep it. */
const LAST_REPORTS_MS = 10_000;

/** What all jobs of a daemon share. */
export type JobContext = {
  readonly api: Api;
  readonly cache: ArtifactCache;
  readonly log: Log;
  /** Engines that work here, fastest first; finding out takes a moment. */
  readonly engines: Promise<readonly string[]>;
  /** Threads a job may use; null: as many as the engine likes. */
  readonly threads: number | null;
  readonly processes: WarmProcess;
};

/** `delivered`: the API knows how the attempt ended. `lost`: the lease went to somebody else. `left`: reports stay in the outbox. */
export type JobOutcome = 'delivered' | 'lost' | 'left';

/**
 * One attempt at a job: trains it in a child process, keeps its lease and delivers its reports. All three go on side by side and end
 * together: with the last report delivered, with the lease lost, or with the daemon.
 */
export class Job {
  readonly #folder: JobFolder;
  readonly #context: JobContext;
  readonly #over = new AbortController();
  readonly #stopping = new AbortController();
  readonly #takenUp: boolean;
  #stopReason: StopReason | null = null;
  #process: TrainingProcess | null = null;
  #progress: Progress | null = null;
  #waiting = false;

  /** With `takenUp`, an attempt that an earlier daemon began: training waits until the lease is known to be its own still. */
  constructor(folder: JobFolder, context: JobContext, takenUp = false) {
    this.#folder = folder;
    this.#context = context;
    this.#takenUp = takenUp;
  }

  get id(): string {
    return this.#folder.claim.jobId;
  }

  /** Stops within a batch; the run ends as cancelled. */
  cancel(): void {
    this.#stop('cancelled');
  }

  /** Stops within a batch; another trainer goes on from the checkpoint. Reports that nobody takes now stay for the next start. */
  handBack(): void {
    this.#stop('handed back');
    if (this.#folder.outbox.final) this.#leaveSoon();
  }

  /** Ends at once and leaves everything as it is, for the next start to take up. */
  leave(): void {
    this.#over.abort();
    this.#process?.kill();
  }

  async run(): Promise<JobOutcome> {
    const { api, log } = this.#context;
    const { signal } = this.#over;
    const lease = keepLease(
      api,
      this.#folder.lease,
      this.#folder.terms.renewSeconds,
      () => this.#progress,
      () => this.cancel(),
      signal,
    );
    const delivery = deliver(
      api,
      this.#folder,
      { cancelRequested: () => this.cancel(), waiting: (reason) => this.#noteWaiting(reason) },
      signal,
    );
    const training = this.#folder.outbox.final ? Promise.resolve() : this.#train();
    try {
      await Promise.race([delivery, this.#unlessEnding(lease), failing(training)]);
      log.info(`${this.#name} ${this.#ending()}`);
      return await this.#close('delivered', training);
    } catch (error) {
      if (signal.aborted) return await this.#close('left', training);
      if (isRefusal(error, 'LEASE_LOST', 'NOT_FOUND')) {
        log.warn(`${this.#name} is somebody else's now (${error.message}): stopped, its unsent reports dropped`);
        return await this.#close('lost', training);
      }
      return await this.#giveUp(error, training);
    }
  }

  /** Trains to an end and puts that into the outbox. */
  async #train(): Promise<void> {
    if (this.#takenUp && !(await this.#stillOurs())) return;
    const final = await this.#finalReport();
    if (!final || this.#over.signal.aborted) return;
    await this.#folder.store(final);
    if (this.#stopReason === 'handed back') this.#leaveSoon();
  }

  /** False when the daemon stops before anybody answered: then it stays for the next start. */
  async #stillOurs(): Promise<boolean> {
    const { api, log } = this.#context;
    try {
      await confirmLease(api, this.#folder.lease, AbortSignal.any([this.#over.signal, this.#stopping.signal]));
    } catch (error) {
      if (!this.#stopping.signal.aborted) throw error;
      this.leave();
      return false;
    }
    log.info(`${this.#name} was under way when this trainer ended; going on with it`);
    return true;
  }

  #leaveSoon(): void {
    const timer = setTimeout(() => this.leave(), LAST_REPORTS_MS);
    this.#over.signal.addEventListener('abort', () => clearTimeout(timer));
  }

  async #finalReport(): Promise<FinalReport | null> {
    const { cache, processes, threads } = this.#context;
    const { claim, terms } = this.#folder;
    // A daemon that finds no engines ends, and says so itself.
    const engines = await this.#context.engines.catch(() => null);
    if (engines === null) {
      this.leave();
      return null;
    }
    const engine = wantedEngine(claim.execution) ?? engines[0];
    if (!engine || !engines.includes(engine)) return failure(`This trainer has no engine "${engine}"; it has ${engines.join(', ')}.`);
    const child = processes.take();
    this.#process = child;
    try {
      if (child.pid) await this.#folder.notePid(child.pid);
      const inputs = await this.#inputs(cache);
      if ('kind' in inputs) return inputs;
      const job = {
        spec: claim.spec,
        seed: claim.seed,
        datasetHash: claim.datasetHash,
        checkpointEvery: checkpointEvery(claim.execution),
        workDir: await this.#folder.workDir(),
        ...inputs,
      };
      const ended = child.train({ type: 'start', job, engine, threads }, terms.stallSeconds, {
        report: (report) => this.#store(report),
        log: (level, text) => this.#reportLine(level, text),
        progress: (progress) => this.#noteProgress(progress),
      });
      if (this.#stopReason) child.stop(this.#stopReason);
      return this.#conclude(await ended);
    } finally {
      child.kill();
    }
  }

  #noteProgress(progress: Progress): void {
    if (this.#progress === null) this.#context.processes.warmUp();
    this.#progress = progress;
  }

  /** The files to begin with, or the report that there are none to be had. */
  async #inputs(cache: ArtifactCache): Promise<JobInputs | FinalReport> {
    const signal = AbortSignal.any([this.#over.signal, this.#stopping.signal]);
    try {
      return await fetchInputs(this.#folder, cache, (reason) => this.#noteWaiting(reason), signal);
    } catch (error) {
      if (signal.aborted) return this.#conclude({ kind: 'stopped' });
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
    return this.#stopReason === 'handed back'
      ? { kind: 'handBack', reason: 'the trainer was stopped' }
      : failure('cancelled', { cancelled: true });
  }

  async #store(report: Extract<ChildReport, { type: 'networks' | 'epochs' }>): Promise<void> {
    const nothing = { kind: 'commit', rows: [], cohort: [], checkpoint: null, networks: null, fingerprint: null } as const;
    if (report.type === 'networks') {
      await this.#folder.store({ ...nothing, rows: [], cohort: [], networks: report.networks, fingerprint: report.fingerprint });
    } else {
      await this.#folder.store({ ...nothing, rows: report.rows, cohort: report.cohort, checkpoint: report.checkpoint });
    }
  }

  async #reportLine(level: LogLevel, text: string): Promise<void> {
    this.#context.log.debug(`${this.#name}: ${text}`);
    await this.#folder.store({ kind: 'log', at: new Date().toISOString(), level, text });
  }

  #stop(reason: StopReason): void {
    if (this.#stopReason === 'cancelled' || this.#folder.outbox.final) return;
    this.#stopReason = reason;
    this.#context.log.info(`${this.#name} is being ${reason}`);
    this.#stopping.abort();
    this.#process?.stop(reason);
  }

  /** A lost lease ends the job, unless its end is on its way: a renewal may cross the report that ended it. */
  async #unlessEnding(lease: Promise<void>): Promise<void> {
    try {
      await lease;
    } catch (error) {
      if (!this.#folder.outbox.final) throw error;
      await new Promise(() => undefined);
    }
  }

  /** The outbox cannot be written, or the API holds a report for wrong: the run fails, by a report that needs no outbox. */
  async #giveUp(error: unknown, training: Promise<void>): Promise<JobOutcome> {
    const { api, log } = this.#context;
    const reason =
      explainFullDisk(error, this.#folder.path) ?? `A report could not be delivered: ${error instanceof Error ? error.message : error}`;
    log.error(`${this.#name}: ${reason}`);
    this.#process?.kill();
    try {
      const { error: text, cancelled, permanent, discardCheckpoint } = failure(reason) as Extract<FinalReport, { kind: 'fail' }>;
      await api.request(FailJobDocument, { input: { lease: this.#folder.lease, error: text, cancelled, permanent, discardCheckpoint } });
    } catch (failed) {
      log.warn(`${this.#name}: that could not be reported (${failed instanceof Error ? failed.message : failed}); its lease runs out`);
    }
    return await this.#close('delivered', training);
  }

  async #close(outcome: JobOutcome, training: Promise<void>): Promise<JobOutcome> {
    this.#over.abort();
    this.#process?.kill();
    await training.catch(() => undefined);
    await this.#process?.exited();
    await this.#folder.close(outcome !== 'left');
    return outcome;
  }

  #noteWaiting(reason: string | null): void {
    const waiting = reason !== null;
    if (waiting === this.#waiting) return;
    this.#waiting = waiting;
    if (waiting) this.#context.log.warn(`${this.#name}: ${reason}; it goes on, its reports wait in ${this.#folder.path}`);
    else this.#context.log.info(`${this.#name}: reports delivered again`);
  }

  get #name(): string {
    const { runId, seed, attempt } = this.#folder.claim;
    return `${runId} (seed ${seed}, attempt ${attempt})`;
  }

  #ending(): string {
    const final = this.#folder.outbox.final?.report;
    if (final?.kind === 'finish') return 'finished';
    if (final?.kind === 'handBack') return 'handed back';
    return final?.kind === 'fail' && !final.cancelled ? `failed: ${final.error}` : 'cancelled';
  }
}

/** Rejects with what a promise rejects with, and never resolves. */
async function failing(promise: Promise<void>): Promise<void> {
  await promise;
  await new Promise(() => undefined);
}
