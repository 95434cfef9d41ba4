import type { Api } from '../client/api.ts';
import { retryDelay } from '../client/backoff.ts';
import { ApiUnreachable, isProxysFault, isRefusal, isTokensEnd, mayPass, outageReason } from '../client/errors.ts';
import {
  CancelRequestedDocument,
  ClaimJobDocument,
  type RegisterTrainerInput,
  WorkAvailableDocument,
} from '../client/generated/graphql.ts';
import { Subscriptions } from '../client/subscriptions.ts';
import { freeSpace } from '../free-space.ts';
import { knownKinds } from '../work/kinds.ts';
import { ArtifactCache } from './artifact-cache.ts';
import { Claiming } from './claiming.ts';
import { leaveFleet, type Registration, register } from './fleet.ts';
import type { TrainerHome } from './home.ts';
import type { IdleBenchmark } from './idle-benchmark.ts';
import { Job } from './job.ts';
import type { JobContext } from './job-context.ts';
import { JobFolder } from './job-folder.ts';
import { nameOf } from './job-name.ts';
import { KeyDispute } from './key-dispute.ts';
import type { Log } from './log.ts';
import { endOrphan } from './orphan.ts';
import { Wake } from './wake.ts';
import { WarmProcess } from './warm-process.ts';
import { type Ending, type Limits, WorkLimits } from './work-limits.ts';

/** With less free space than this nothing is claimed: a job would only fail here. */
const LEAST_FREE_BYTES = 64 * 2 ** 20;

/** How long nothing is claimed after a proxy let something not through: doubling each time, until a job ends as it should. */
const FIRST_PAUSE_MS = 60_000;
const LONGEST_PAUSE_MS = 1_800_000;

export type DaemonOptions = {
  readonly api: Api;
  readonly home: TrainerHome;
  readonly log: Log;
  /** Engines that work here, fastest first. */
  readonly engines: Promise<readonly string[]>;
  readonly benchmark: IdleBenchmark;
  /** What is announced of this trainer, looked up anew at every registration. */
  readonly describe: () => Promise<RegisterTrainerInput>;
  readonly threads: number;
  readonly limits: Limits;
  readonly childEntry: URL;
};

/** Takes jobs from the API and has them done, until it is told to stop. */
export class Daemon {
  readonly #options: DaemonOptions;
  readonly #jobs = new Map<Job, Promise<void>>();
  readonly #wake = new Wake();
  #claiming: Claiming | null = null;
  #registration: Registration | null = null;
  #trainer: RegisterTrainerInput | null = null;
  #mustRegister = true;
  #stopping = false;
  #failures = 0;
  #room = true;
  #obstructions = 0;
  #pausedUntil = 0;
  readonly #limits: WorkLimits;
  #ending: Ending | null = null;
  /** The API's refusal of what is too old. */
  #outdated: Error | null = null;

  constructor(options: DaemonOptions) {
    this.#options = options;
    this.#limits = new WorkLimits(options.limits);
  }

  /**
   * Works until stopped. What an earlier daemon left here is taken up before anything else, for its leases are running out; in a home that
   * is elsewhere than it was, only when the API has taken this trainer for the one it was, for it may be a copy.
   *
   * @returns why it ended by itself; null if it was told to.
   * @throws ApiRefused or NotStudyhall when the API does not take this trainer; what runs is left for the next start, or handed back by one
   * that has to be updated.
   */
  async run(): Promise<Ending | null> {
    const { api, home, childEntry } = this.#options;
    const processes = new WarmProcess(childEntry, home.jobs);
    const cache = await ArtifactCache.open(home.cache, api.address);
    this.#claiming = await Claiming.open(home.claim);
    let subscriptions: Subscriptions | null = null;
    try {
      if (home.settled) await this.#takeUp(cache, processes);
      await this.#registerFirst();
      if (this.#jobs.size === 0 && !this.#stopping) await this.#takeUp(cache, processes);
      subscriptions = this.#stopping ? null : this.#subscribe();
      if (subscriptions) processes.warmUp();
      while (!this.#stopping) await this.#work(cache, processes);
      await this.#finish();
      if (this.#outdated) throw this.#outdated;
      return this.#ending;
    } finally {
      this.kill();
      await Promise.all([...this.#jobs.values(), processes.close(), this.#options.benchmark.close(), subscriptions?.close()]);
    }
  }

  /** One round: registered, every free slot filled, then wait for something to change. */
  async #work(cache: ArtifactCache, processes: WarmProcess): Promise<void> {
    try {
      if (this.#mustRegister) await this.#register();
      await this.#claimWhileFree(cache, processes);
      if (this.#failures > 0) this.#options.log.info('the API is back');
      this.#failures = 0;
      this.#ending = this.#stopping ? null : this.#limits.ending(this.#jobs.size);
      if (this.#ending) return this.stop();
      if (this.#jobs.size === 0 && !this.#stopping) this.#options.benchmark.idle(() => this.#announceAnew());
      // The poll makes up for a lost subscription, and tells the API that this trainer lives.
      await this.#wake.wait(this.#limits.waitMs(this.#renewMs));
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

  /** Ends all work at once; checkpoints and unsent reports stay for the next start. */
  kill(): void {
    this.#stopping = true;
    for (const job of this.#jobs.keys()) job.leave();
    this.#wake.call();
  }

  async #registerFirst(): Promise<void> {
    const { home, log } = this.#options;
    const dispute = new KeyDispute();
    let told = '';
    for (let retries = 0; !this.#stopping; retries++) {
      try {
        return await this.#register();
      } catch (error) {
        if (KeyDispute.isOne(error)) {
          await this.#leaveJobs();
          if (dispute.isSettled(error)) {
            log.warn(`the jobs that lie here are the other trainer's; they are kept in ${await home.setJobsAside()}`);
            await this.#beginAnew();
          }
        } else if (isRefusal(error, 'OUTDATED')) return this.#giveWay(error);
        else if (!(error instanceof ApiUnreachable)) throw error;
        if (error.message !== told) log.warn(`${error.message}; trying again${home.moved ? ' (this folder is not where it was)' : ''}`);
        told = error.message;
        await this.#wake.wait(retryDelay(retries));
      }
    }
  }

  /** The API was updated: whoever goes on with what runs here must be, too. */
  #giveWay(refusal: Error): void {
    this.#options.log.error(refusal.message);
    this.#outdated = refusal;
    this.stop();
  }

  /** Jobs that may be another trainer's: they stay as they are, on the disk. */
  async #leaveJobs(): Promise<void> {
    for (const job of this.#jobs.keys()) job.leave();
    await Promise.all(this.#jobs.values());
  }

  /** The key is that of another trainer, which works: this home is a copy of its, or it of this. */
  async #beginAnew(): Promise<void> {
    const { home, log } = this.#options;
    await home.begin();
    log.warn(
      'another trainer works under the key of this one: its folder is a copy, or this one is. This trainer goes on under a key of its own',
    );
  }

  async #register(): Promise<void> {
    const { api, describe, home, log } = this.#options;
    this.#mustRegister = false;
    try {
      this.#trainer = await describe();
      const before = this.#registration;
      this.#registration = await register(api, this.#trainer);
      // A full disk is no reason to stay away: it is asked once more at the next start.
      await home.settle().catch((error: Error) => log.warn(`it could not be noted that ${home.jobs} is this trainer's (${error.message})`));
      const { leftOut, trainerId } = this.#registration;
      if (JSON.stringify(leftOut) !== JSON.stringify(before?.leftOut ?? []))
        for (const { name, reason } of leftOut) log.warn(`the dataset ${name} is left out: ${reason}`);
      if (before?.trainerId === trainerId) return;
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
    const folders = await JobFolder.findAll(jobs, (path, reason) =>
      this.#options.log.error(`a job of an earlier trainer here cannot be gone on with (${reason}); it lies in ${path} now`),
    );
    for (const folder of folders) {
      const pid = await folder.notedPid();
      if (pid !== null) await endOrphan(pid, jobs, await folder.notedIdentity());
    }
    for (const folder of folders) this.#start(new Job(folder, this.#context(cache, processes), true));
  }

  async #claimWhileFree(cache: ArtifactCache, processes: WarmProcess): Promise<void> {
    const { api, home, log } = this.#options;
    const registration = this.#registration;
    const claiming = this.#claiming;
    if (!registration || !claiming || performance.now() < this.#pausedUntil) return;
    while (!this.#stopping && this.#limits.mayTake && this.#jobs.size < (this.#trainer?.slots ?? 0) && (await this.#hasRoom())) {
      const { claimJob } = await api.request(ClaimJobDocument, {
        trainerId: registration.trainerId,
        claimId: await claiming.id(),
        kinds: knownKinds,
      });
      if (!claimJob) return claiming.answered();
      // Handed out before, to a daemon that was killed once it had it: taken up already.
      const known = [...this.#jobs.keys()].some(({ id, attempt }) => id === claimJob.jobId && attempt === claimJob.attempt);
      const folder = known ? null : await JobFolder.create(home.jobs, claimJob, registration);
      claiming.answered();
      if (!folder) continue;
      const from = claimJob.checkpoint ? `, from epoch ${claimJob.checkpoint.epoch}` : '';
      log.info(`${nameOf(claimJob, from)} begins`);
      this.#limits.begin();
      this.#start(new Job(folder, this.#context(cache, processes)));
    }
  }

  #context(cache: ArtifactCache, processes: WarmProcess): JobContext {
    const { api, log, threads, engines } = this.#options;
    return { api, cache, log, engines, threads, processes, obstructed: (reason) => this.#pause(reason) };
  }

  /** Every further job would work up to its first report, in vain. */
  #pause(reason: string): void {
    const pauseMs = Math.min(FIRST_PAUSE_MS * 2 ** this.#obstructions++, LONGEST_PAUSE_MS);
    this.#pausedUntil = performance.now() + pauseMs;
    this.#options.log.error(`${reason}: nothing new is claimed for ${pauseMs / 60_000} min`);
  }

  async #hasRoom(): Promise<boolean> {
    const { home, log } = this.#options;
    const free = await freeSpace(home.jobs);
    const room = free >= LEAST_FREE_BYTES;
    if (!room && this.#room)
      log.error(`the disk that holds ${home.jobs} is full (${Math.floor(free / 2 ** 20)} MiB left): nothing new is claimed`);
    if (room && !this.#room) log.info('there is room on the disk again');
    this.#room = room;
    return room;
  }

  #start(job: Job): void {
    const { log, benchmark } = this.#options;
    benchmark.busy();
    const ended = job
      .run()
      .then((well) => {
        if (well) this.#obstructions = 0;
      })
      .catch((error: unknown) => log.error(`${job.id}: ${error instanceof Error ? error.stack : error}`))
      .finally(() => {
        this.#jobs.delete(job);
        this.#limits.rest();
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
    if (isRefusal(error, 'OUTDATED')) return this.#giveWay(error);
    if (isTokensEnd(error)) {
      log.error(`${error.message} What ran here has gone back into the queue, with its checkpoints`);
      throw error;
    }
    if (isRefusal(error, 'NOT_FOUND')) this.#mustRegister = true;
    else if (KeyDispute.isOne(error)) {
      // It was this trainer's when it last registered, and has been taken over since. What runs here was claimed here, and goes on.
      this.#registration = null;
      await this.#beginAnew();
    } else if (!(error instanceof Error) || !(mayPass(error) || isProxysFault(error))) throw error;
    if (this.#failures === 0) log.warn(`${outageReason(error)}; trying again`);
    await this.#wake.wait(retryDelay(this.#failures++));
  }

  get #renewMs(): number {
    return (this.#registration?.renewSeconds ?? 5) * 1000;
  }
}
