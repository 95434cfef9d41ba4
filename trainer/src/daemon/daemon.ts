import { statfs } from 'node:fs/promises';
import type { Api } from '../client/api.ts';
import { retryDelay } from '../client/backoff.ts';
import { ApiUnreachable, isRefusal, mayPass } from '../client/errors.ts';
import {
  CancelRequestedDocument,
  ClaimJobDocument,
  type RegisterTrainerInput,
  WorkAvailableDocument,
} from '../client/generated/graphql.ts';
import { Subscriptions } from '../client/subscriptions.ts';
import { ArtifactCache } from './artifact-cache.ts';
import { leaveFleet, type Registration, register } from './fleet.ts';
import type { TrainerHome } from './home.ts';
import type { IdleBenchmark } from './idle-benchmark.ts';
import { Job } from './job.ts';
import type { JobContext } from './job-context.ts';
import { type Claim, JobFolder } from './job-folder.ts';
import type { Log } from './log.ts';
import { endOrphan } from './orphan.ts';
import { Wake } from './wake.ts';
import { WarmProcess } from './warm-process.ts';

/** With less free space than this nothing is claimed: a run would only fail here. */
const LEAST_FREE_BYTES = 64 * 2 ** 20;

export type DaemonOptions = {
  readonly api: Api;
  readonly home: TrainerHome;
  readonly log: Log;
  /** Engines that work here, fastest first. */
  readonly engines: Promise<readonly string[]>;
  readonly benchmark: IdleBenchmark;
  /** What is announced of this trainer, looked up anew at every registration. */
  readonly describe: () => Promise<RegisterTrainerInput>;
  readonly threads: number | null;
  readonly childEntry: URL;
};

/** Takes jobs from the API and has them trained, until it is told to stop. */
export class Daemon {
  readonly #options: DaemonOptions;
  readonly #jobs = new Map<Job, Promise<void>>();
  readonly #wake = new Wake();
  #registration: Registration | null = null;
  #trainer: RegisterTrainerInput | null = null;
  #mustRegister = true;
  #stopping = false;
  #failures = 0;
  #room = true;

  constructor(options: DaemonOptions) {
    this.#options = options;
  }

  /**
   * Works until stopped. What an earlier daemon left is taken up before anything else, for its leases are running out.
   *
   * @throws ApiRefused or NotStudyhall when the API does not take this trainer; what runs is left for the next start.
   */
  async run(): Promise<void> {
    const { api, home, childEntry } = this.#options;
    const processes = new WarmProcess(childEntry, home.jobs);
    const cache = await ArtifactCache.open(home.cache, api.address);
    try {
      await this.#takeUp(cache, processes);
      await this.#registerFirst();
      const subscriptions = this.#stopping ? null : this.#subscribe();
      if (subscriptions) processes.warmUp();
      while (!this.#stopping) await this.#work(cache, processes);
      await this.#finish();
      await subscriptions?.close();
    } finally {
      this.kill();
      await Promise.all([...this.#jobs.values(), processes.close(), this.#options.benchmark.close()]);
    }
  }

  /** One round: registered, every free slot filled, then wait for something to change. */
  async #work(cache: ArtifactCache, processes: WarmProcess): Promise<void> {
    try {
      if (this.#mustRegister) await this.#register();
      await this.#claimWhileFree(cache, processes);
      if (this.#failures > 0) this.#options.log.info('the API is back');
      this.#failures = 0;
      if (this.#jobs.size === 0 && !this.#stopping) this.#options.benchmark.idle(() => this.#announceAnew());
      // The poll makes up for a lost subscription, and tells the API that this trainer lives.
      await this.#wake.wait(this.#renewMs);
    } catch (error) {
      await this.#noteFailure(error);
    }
  }

  /** Takes nothing new; every job finishes its batch, writes a checkpoint and is handed back. */
  stop(): void {
    if (this.#stopping) return;
    this.#stopping = true;
    for (const job of this.#jobs.keys()) job.handBack();
    this.#wake.call();
  }

  /** Ends all training at once; checkpoints and unsent reports stay for the next start. */
  kill(): void {
    this.#stopping = true;
    for (const job of this.#jobs.keys()) job.leave();
    this.#wake.call();
  }

  async #registerFirst(): Promise<void> {
    const { log } = this.#options;
    for (let retries = 0; !this.#stopping; retries++) {
      try {
        return await this.#register();
      } catch (error) {
        if (!(error instanceof ApiUnreachable)) throw error;
        if (retries === 0) log.warn(`${error.message}; trying until it answers`);
        await this.#wake.wait(retryDelay(retries));
      }
    }
  }

  async #register(): Promise<void> {
    const { api, describe, log } = this.#options;
    this.#mustRegister = false;
    try {
      this.#trainer = await describe();
      const before = this.#registration;
      this.#registration = await register(api, this.#trainer);
      if (before?.trainerId === this.#registration.trainerId) return;
      const { name, slots, engines, datasets } = this.#trainer;
      log.info(`"${name}" is in the fleet of ${api.address.url.origin}: ${slots} slot(s), ${engines.join(', ')}`);
      log.info(`datasets: ${datasets.map((dataset) => dataset.name).join(', ') || 'none'}`);
    } catch (error) {
      this.#mustRegister = true;
      throw error;
    }
  }

  #announceAnew(): void {
    this.#mustRegister = true;
    this.#wake.call();
  }

  #subscribe(): Subscriptions {
    const { api, log } = this.#options;
    let connections = 0;
    const subscriptions = new Subscriptions(api.address, {
      connected: () => {
        // An API that was away may have declared this trainer gone.
        if (connections++ > 0) this.#mustRegister = true;
        this.#wake.call();
      },
      lost: (reason) => log.debug(`WebSocket: ${reason}`),
    });
    const trainer = () => ({ trainerId: this.#registration?.trainerId ?? '' });
    void subscriptions.listen(WorkAvailableDocument, trainer, () => this.#wake.call());
    void subscriptions.listen(CancelRequestedDocument, trainer, ({ cancelRequested }) => {
      for (const job of this.#jobs.keys()) if (cancelRequested.includes(job.id)) job.cancel();
    });
    return subscriptions;
  }

  /** Goes on with the jobs of a daemon that was killed here. */
  async #takeUp(cache: ArtifactCache, processes: WarmProcess): Promise<void> {
    const { jobs } = this.#options.home;
    const folders = await JobFolder.findAll(jobs);
    for (const folder of folders) {
      const pid = await folder.notedPid();
      if (pid !== null) await endOrphan(pid, jobs);
    }
    for (const folder of folders) this.#start(new Job(folder, this.#context(cache, processes), true));
  }

  async #claimWhileFree(cache: ArtifactCache, processes: WarmProcess): Promise<void> {
    const { api, home, log } = this.#options;
    const registration = this.#registration;
    if (!registration) return;
    while (!this.#stopping && this.#jobs.size < (this.#trainer?.slots ?? 0) && (await this.#hasRoom())) {
      const { claimJob } = await api.request(ClaimJobDocument, { trainerId: registration.trainerId });
      if (!claimJob) return;
      log.info(`${describeClaim(claimJob)} begins`);
      this.#start(new Job(await JobFolder.create(home.jobs, claimJob, registration), this.#context(cache, processes)));
    }
  }

  #context(cache: ArtifactCache, processes: WarmProcess): JobContext {
    const { api, log, threads, engines } = this.#options;
    return { api, cache, log, engines, threads, processes };
  }

  async #hasRoom(): Promise<boolean> {
    const { home, log } = this.#options;
    const { bavail, bsize } = await statfs(home.jobs);
    const room = bavail * bsize >= LEAST_FREE_BYTES;
    if (!room && this.#room)
      log.error(`the disk that holds ${home.jobs} is full (${Math.floor((bavail * bsize) / 2 ** 20)} MiB left): nothing new is claimed`);
    if (room && !this.#room) log.info('there is room on the disk again');
    this.#room = room;
    return room;
  }

  #start(job: Job): void {
    const { log, benchmark } = this.#options;
    benchmark.busy();
    const ended = job
      .run()
      .catch((error: unknown) => log.error(`${job.id}: ${error instanceof Error ? error.stack : error}`))
      .finally(() => {
        this.#jobs.delete(job);
        this.#wake.call();
      });
    this.#jobs.set(job, ended);
    if (this.#stopping) job.handBack();
  }

  async #finish(): Promise<void> {
    const { api, log } = this.#options;
    const trainerId = this.#registration?.trainerId;
    if (trainerId && this.#jobs.size > 0) await leaveFleet(api, trainerId, 'STOPPING');
    await Promise.all(this.#jobs.values());
    const heard = trainerId !== undefined && (await leaveFleet(api, trainerId, 'OFFLINE'));
    log.info(heard ? 'left the fleet' : 'ended; the API has not heard of it');
  }

  async #noteFailure(error: unknown): Promise<void> {
    const { log } = this.#options;
    if (isRefusal(error, 'NOT_FOUND')) this.#mustRegister = true;
    else if (!mayPass(error)) throw error;
    if (this.#failures === 0) log.warn(`${error.message}; trying again`);
    await this.#wake.wait(retryDelay(this.#failures++));
  }

  get #renewMs(): number {
    return (this.#registration?.renewSeconds ?? 5) * 1000;
  }
}

function describeClaim({ runId, seed, attempt, checkpoint }: Claim): string {
  return `${runId} (seed ${seed}, attempt ${attempt}${checkpoint ? `, from epoch ${checkpoint.epoch}` : ''})`;
}
