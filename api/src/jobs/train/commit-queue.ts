import { requireValid } from '../../access/token-end.ts';
import { type Db, transact } from '../../db.ts';
import { channel } from '../../events/topics.ts';
import type { Prepared } from '../../postgres/prepared.ts';
import { type CommitRows, type Written, writeCommits } from '../../sql/commit.ts';
import { type CommitTarget, findCommitTarget } from '../../sql/runs.ts';
import type { Lease } from '../renew.ts';
import { type Commit, checkCommit, commitEpochs } from './commit.ts';

/** Runs whose facts are remembered: those that a large fleet trains. */
const mostTargets = 1000;

/** Rows that one statement writes, about: some 50 ms. */
const mostRows = 5000;

type Waiting = { rows: CommitRows; done: (written: Written | undefined) => void };

/**
 * Commits that arrive together are written together: by one statement, in one round trip, with one flush to the disk. While it is under
 * way, the next gather. Who is answered is on the disk.
 *
 * What is out of the ordinary (the first commit of an attempt, one that is refused, one whose rows somebody else holds) goes by itself, in a
 * transaction, and is no other's concern.
 */
export class CommitQueue {
  readonly #targets = new Map<string, CommitTarget>();
  #waiting: Waiting[] = [];
  #writing = false;

  constructor(
    readonly db: Db,
    readonly prepared: Prepared,
    readonly leaseSeconds: number,
  ) {}

  /** How many commits gather for the next statement. */
  get waiting(): number {
    return this.#waiting.length;
  }

  /** As `commitEpochs`, with its errors; UNAUTHENTICATED once the token is revoked. */
  async commit(commit: Commit): Promise<Lease> {
    const rows = commit.networks || commit.fingerprint ? undefined : await this.#check(commit);
    const written = rows && (await new Promise<Written | undefined>((done) => this.#add({ rows, done })));
    if (written) return { expiresAt: written.lease_expires_at, cancelRequested: written.cancel_requested };
    await requireValid(this.db, commit.lease.tokenId);
    return transact(this.db, (tx) => commitEpochs(tx, commit, this.leaseSeconds));
  }

  /** What the commit writes; undefined if it cannot be: whether that is told to who asks depends on their lease. */
  async #check(commit: Commit): Promise<CommitRows | undefined> {
    try {
      const target = await this.#targetOf(commit.lease.jobId);
      return target && checkCommit(commit, target);
    } catch {
      return undefined;
    }
  }

  async #targetOf(jobId: string): Promise<CommitTarget | undefined> {
    const known = this.#targets.get(jobId);
    if (known) return known;
    const target = await findCommitTarget(this.db, jobId);
    if (target) this.#targets.set(jobId, target);
    const [oldest] = this.#targets.keys();
    if (this.#targets.size > mostTargets && oldest !== undefined) this.#targets.delete(oldest);
    return target;
  }

  #add(waiting: Waiting): void {
    this.#waiting.push(waiting);
    if (!this.#writing) void this.#write();
  }

  async #write(): Promise<void> {
    this.#writing = true;
    while (this.#waiting.length > 0) {
      const batch = this.#take();
      // Each is done again by itself then, and told what is wrong.
      const written = await this.#writeBatch(batch.map(({ rows }) => rows)).catch(() => []);
      const byPlace = new Map(written.map((one) => [one.place, one]));
      for (const [place, { done }] of batch.entries()) done(byPlace.get(place));
    }
    this.#writing = false;
  }

  async #writeBatch(commits: readonly CommitRows[]): Promise<Written[]> {
    const { leaseSeconds } = this;
    return this.prepared.run('commits', writeCommits(commits, { leaseSeconds, channel, skipLocked: true, identified: false }));
  }

  /** The commits that waited longest, one of a job, up to so many rows. */
  #take(): Waiting[] {
    const batch: Waiting[] = [];
    const rest: Waiting[] = [];
    const jobs = new Set<string>();
    let rows = 0;
    for (const one of this.#waiting) {
      const { lease, epochs, cohort } = one.rows;
      const fits = batch.length === 0 || rows + epochs.length + cohort.length <= mostRows;
      if (!fits || jobs.has(lease.jobId)) rest.push(one);
      else {
        batch.push(one);
        jobs.add(lease.jobId);
        rows += epochs.length + cohort.length;
      }
    }
    this.#waiting = rest;
    return batch;
  }
}
