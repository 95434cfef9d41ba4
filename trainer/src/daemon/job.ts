import { autoEngine, howToOffer } from '@studyhall/contract/fleet/engines.ts';
import { isProxysFault, isRefusal, outageReason } from '../client/errors.ts';
import { FailJobDocument, HandBackJobDocument } from '../client/generated/graphql.ts';
import type { Progress } from '../work/work.ts';
import { deliver } from './delivery.ts';
import { explainFullDisk } from './durable.ts';
import type { JobContext } from './job-context.ts';
import type { JobFolder } from './job-folder.ts';
import { wantedEngine } from './job-inputs.ts';
import { nameOf } from './job-name.ts';
import { JobWork } from './job-work.ts';
import { confirmLease, keepLease } from './lease.ts';
import type { StopReason } from './messages.ts';
import { failure } from './reports.ts';

/** How long the last reports of a stopping daemon may keep it. */
const LAST_REPORTS_MS = 10_000;

/**
 * One attempt at a job: has it done in a child process, keeps its lease and delivers its reports. All three go on side by side and end
 * together: with the last report delivered, with the lease lost, or with the daemon.
 */
export class Job {
  readonly #folder: JobFolder;
  readonly #context: JobContext;
  readonly #takenUp: boolean;
  readonly #work: JobWork;
  readonly #over = new AbortController();
  readonly #begun = performance.now();
  #progress: Progress | null = null;
  #waiting = false;
  #renewedAt = 0;

  /** With `takenUp`, an attempt that an earlier daemon began: work waits until the lease is known to be its own still. */
  constructor(folder: JobFolder, context: JobContext, takenUp = false) {
    this.#folder = folder;
    this.#context = context;
    this.#takenUp = takenUp;
    this.#work = new JobWork(folder, context, {
      progress: (progress) => this.#noteProgress(progress),
      waiting: (reason) => this.#noteWaiting(reason),
      renewedAt: () => this.#renewedAt,
      obstructed: (reason) => context.obstructed(reason),
    });
  }

  get id(): string {
    return this.#folder.claim.jobId;
  }

  get attempt(): number {
    return this.#folder.claim.attempt;
  }

  /** Stops within a batch; the job ends as cancelled. */
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
    this.#work.kill();
  }

  /** Resolves when nothing of it is under way any more; how it went is in the log. @returns whether its last report was delivered. */
  async run(): Promise<boolean> {
    const { log } = this.#context;
    const work = this.#folder.outbox.final ? Promise.resolve() : this.#carryOut();
    let remove = true;
    let delivered = false;
    try {
      await Promise.race([this.#deliver(), this.#keepLease(), failing(work)]);
      delivered = this.#folder.outbox.final?.report.kind !== 'handBack';
      log.info(`${this.#name} ${this.#ending()}`);
    } catch (error) {
      if (this.#over.signal.aborted) remove = false;
      else if (isRefusal(error, 'LEASE_LOST', 'NOT_FOUND')) {
        log.warn(`${this.#name} is somebody else's now (${error.message}): stopped, its unsent reports dropped`);
      } else if (error instanceof Error && isProxysFault(error)) await this.#giveBack(outageReason(error));
      else await this.#giveUp(error);
    }
    this.leave();
    await work.catch(() => undefined);
    await this.#work.ended();
    await this.#folder.close(remove);
    return delivered;
  }

  /** Has it done to an end and puts that into the outbox. */
  async #carryOut(): Promise<void> {
    const { signal } = this.#over;
    if (this.#takenUp && !(await this.#stillOurs())) return;
    // A daemon that finds no engines ends, and says so itself.
    const engines = await this.#context.engines.catch(() => null);
    if (engines === null) return this.leave();
    const engine = wantedEngine(this.#folder.claim) ?? autoEngine(engines) ?? engines[0];
    const final =
      engine && engines.includes(engine)
        ? await this.#work.run(engine, signal)
        : failure(
            `This trainer no longer has the engine ${engine}; it has ${engines.join(', ')}. ${howToOffer(String(engine)) ?? ''}; a run with the engine AUTO trains on what there is.`,
          );
    if (signal.aborted) return;
    await this.#folder.store(final);
    if (this.#work.stopReason === 'handed back') this.#leaveSoon();
  }

  /** False when the daemon stops before anybody answered: then it stays for the next start. */
  async #stillOurs(): Promise<boolean> {
    const { api, log } = this.#context;
    const { stopping } = this.#work;
    try {
      await confirmLease(api, this.#folder.lease, AbortSignal.any([this.#over.signal, stopping]));
    } catch (error) {
      if (!stopping.aborted) throw error;
      this.leave();
      return false;
    }
    log.info(`${this.#name} was under way when this trainer ended; going on with it`);
    return true;
  }

  #deliver(): Promise<void> {
    const events = {
      cancelRequested: () => this.cancel(),
      waiting: (reason: string | null) => this.#noteWaiting(reason),
      renewedAt: () => this.#renewedAt,
    };
    return deliver(this.#context.api, this.#folder, events, this.#over.signal);
  }

  /** A lost lease ends the job, unless its end is on its way: a renewal may cross the report that ended it. */
  async #keepLease(): Promise<void> {
    const { lease, terms, outbox } = this.#folder;
    const renewed = (cancelRequested: boolean) => {
      this.#renewedAt = Date.now();
      if (cancelRequested) this.cancel();
    };
    try {
      await keepLease(this.#context.api, lease, terms.renewSeconds, () => this.#progress, renewed, this.#over.signal);
    } catch (error) {
      if (!outbox.final) throw error;
      await new Promise(() => undefined);
    }
  }

  #stop(reason: StopReason): void {
    const { stopReason } = this.#work;
    if (stopReason === reason || stopReason === 'cancelled' || this.#folder.outbox.final) return;
    this.#context.log.info(`${this.#name} is being ${reason}`);
    this.#work.stop(reason);
  }

  #leaveSoon(): void {
    const timer = setTimeout(() => this.leave(), LAST_REPORTS_MS);
    this.#over.signal.addEventListener('abort', () => clearTimeout(timer));
  }

  /** The outbox cannot be written, or the API holds a report for wrong: the attempt fails, by a report that needs no outbox. */
  async #giveUp(error: unknown): Promise<void> {
    const { api, log } = this.#context;
    const reason =
      explainFullDisk(error, this.#folder.path) ?? `A report could not be delivered: ${error instanceof Error ? error.message : error}`;
    log.error(`${this.#name}: ${reason}`);
    this.#work.kill();
    try {
      const { kind: _, ...report } = failure(reason);
      await api.request(FailJobDocument, { input: { lease: this.#folder.lease, ...report } });
    } catch (failed) {
      log.warn(`${this.#name}: that could not be reported (${failed instanceof Error ? failed.message : failed}); its lease runs out`);
    }
  }

  /** What lies before the API is no fault of the job: another trainer may have a better way, or this one later. */
  async #giveBack(reason: string): Promise<void> {
    const { api, log, obstructed } = this.#context;
    this.#work.kill();
    obstructed(reason);
    try {
      await api.request(HandBackJobDocument, { input: { lease: this.#folder.lease, reason } });
      log.warn(`${this.#name} is handed back: ${reason}`);
    } catch (failed) {
      log.warn(`${this.#name} could not be handed back (${failed instanceof Error ? failed.message : failed}); its lease runs out`);
    }
  }

  #noteProgress(progress: Progress): void {
    const { log, processes } = this.#context;
    if (this.#progress === null) {
      log.debug(`${this.#name}: under way after ${Math.round(performance.now() - this.#begun)} ms`);
      processes.warmUp();
    }
    this.#progress = progress;
  }

  #noteWaiting(reason: string | null): void {
    const waiting = reason !== null;
    if (waiting === this.#waiting) return;
    this.#waiting = waiting;
    if (waiting) this.#context.log.warn(`${this.#name}: ${reason}; it goes on, its reports wait in ${this.#folder.path}`);
    else this.#context.log.info(`${this.#name}: reports delivered again`);
  }

  get #name(): string {
    return nameOf(this.#folder.claim);
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
