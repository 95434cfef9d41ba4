import { statfs } from 'node:fs/promises';
import type { Api } from '../client/api.ts';
import { retryDelay } from '../client/backoff.ts';
import { ApiUnreachable, isRefusal, mayPass } from '../client/errors.ts';
import {
  CancelRequestedDocument,
  ClaimJobDocument,
  type RegisterTrainerInput,
  RenewLeaseDocument,
  WorkAvailableDocument,
} from '../client/generated/graphql.ts';
import { Subscriptions } from '../client/subscriptions.ts';
import { ArtifactCache } from './artifact-cache.ts';
import { leaveFleet, type Registration, register } from './fleet.ts';
import type { TrainerHome } from './home.ts';
import { Job, type JobContext } from './job.ts';
import { type Claim, JobFolder } from './job-folder.ts';
import type { Log } from './log.ts';
import { endOrphan } from './orphan.ts';
import { Wake } from './wake.ts';

/** With less free space than this nothing is claimed: a run would only fail here. */
const LEAST_FREE_BYTES = 64 * 2 ** 20;

export type DaemonOptions = {
  readonly api: Api;
  readonly home: TrainerHome;
  readonly log: Log;
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
   * Works until stopped.
   *
   * @throws ApiRefused or NotStudyhall when the API does not take this trainer at its first try: nothing has begun then.
   */
  async run(): Promise<void> {
    const { api, home, log } = this.#options;
    const cache = await ArtifactCache.open(home.cache, api.address);
    await this.#registerFirst();
    if (this.#stopping) return;
    await this.#takeUp(cache);
    const subscriptions = this.#subscribe();
    while (!this.#stopping) {
      try {
        if (this.#mustRegister) await this.#register();
        await this.#claimWhileFree(cache);
        if (this.#failures > 0) log.info('the API is back');
        this.#failures = 0;
        // The poll makes up for a lost subscription, and tells the API that this trainer lives.
        await this.#wake.wait(this.#renewMs);
      } catch (error) {
        await this.#noteFailure(error);
      }
    }
    await this.#finish(subscriptions);
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

  /** Goes on with the jobs of a daemon that was killed here, where their leases can still be renewed. */
  async #takeUp(cache: ArtifactCache): Promise<void> {
    const { api, home, log } = this.#options;
    for (const folder of await JobFolder.findAll(home.jobs)) {
      const pid = await folder.notedPid();
      if (pid !== null) await endOrphan(pid, folder.path);
      const { runId, attempt } = folder.claim;
      try {
        // Without a child to start there is no need to ask: delivering the attempt's end tells whether the lease still lives.
        if (!folder.outbox.final) await this.#whenAnswered(() => api.request(RenewLeaseDocument, { input: { lease: folder.lease } }));
        if (this.#stopping) return await folder.close(false);
        log.info(`${runId} (attempt ${attempt}) was under way when this trainer ended; going on with it`);
        this.#start(folder, cache);
      } catch (error) {
        if (!isRefusal(error)) throw error;
        log.warn(`${runId} (attempt ${attempt}) is somebody else's now (${error.message}): its unsent reports are dropped`);
        await folder.close(true);
      }
    }
  }

  async #whenAnswered(request: () => Promise<unknown>): Promise<void> {
    for (let retries = 0; !this.#stopping; retries++) {
      try {
        await request();
        return;
      } catch (error) {
        if (!mayPass(error)) throw error;
        await this.#wake.wait(retryDelay(retries));
      }
    }
  }

  async #claimWhileFree(cache: ArtifactCache): Promise<void> {
    const { api, home } = this.#options;
    const { trainerId } = this.#registration ?? { trainerId: '' };
    while (!this.#stopping && this.#jobs.size < (this.#trainer?.slots ?? 0) && (await this.#hasRoom())) {
      const { claimJob } = await api.request(ClaimJobDocument, { trainerId });
      if (!claimJob) return;
      this.#start(await JobFolder.create(home.jobs, claimJob), cache);
    }
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

  #start(folder: JobFolder, cache: ArtifactCache): void {
    const { api, log, threads, childEntry } = this.#options;
    const { renewSeconds, stallSeconds } = this.#registration ?? { renewSeconds: 5, stallSeconds: 120 };
    const context: JobContext = { api, cache, log, engines: this.#trainer?.engines ?? [], threads, renewSeconds, stallSeconds, childEntry };
    const job = new Job(folder, context);
    log.info(`${describeClaim(folder.claim)} begins`);
    const ended = job
      .run()
      .then(() => undefined)
      .catch((error: unknown) => log.error(`${folder.claim.runId}: ${error instanceof Error ? error.stack : error}`))
      .finally(() => {
        this.#jobs.delete(job);
        this.#wake.call();
      });
    this.#jobs.set(job, ended);
    if (this.#stopping) job.handBack();
  }

  async #finish(subscriptions: Subscriptions): Promise<void> {
    const { api, log } = this.#options;
    const trainerId = this.#registration?.trainerId ?? '';
    if (this.#jobs.size > 0) await leaveFleet(api, trainerId, 'STOPPING');
    await Promise.all(this.#jobs.values());
    await leaveFleet(api, trainerId, 'OFFLINE');
    await subscriptions.close();
    log.info('left the fleet');
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
