import type { Tx } from '../db.ts';
import type { Change } from '../events/topics.ts';
import type { ClaimedJob, StoredCheckpoint } from '../sql/claim.ts';
import type { EndedJob, HeldLease } from '../sql/lease.ts';
import type { AnalyseClaim } from './analyse/claim.ts';
import type { Finish, Progress } from './reports.ts';
import type { TrainClaim } from './train/claim.ts';

/** What a trainer is told of a job's subject, under the name of its kind. */
export type Subject = { train?: TrainClaim; analyse?: AnalyseClaim };

/**
 * What is a kind's own in the life of its jobs: what they are about, and what becomes of it. The queue, leases, attempts, logs, resume states
 * and failures are the same for all. Each is called within the transaction that changes the job, under its lock; `Change`s are announced
 * by who called.
 */
export type Kind = {
  /** An attempt begins, from that checkpoint or from scratch. */
  begin(tx: Tx, job: ClaimedJob, checkpoint: StoredCheckpoint | undefined): Promise<Change[]>;
  /** What the trainer is told of the subject. */
  describe(tx: Tx, job: ClaimedJob): Promise<Subject>;
  /** @throws BAD_INPUT for progress that such a job cannot make. */
  progress(tx: Tx, job: HeldLease, progress: Progress): Promise<Change[]>;
  /** Stores results and artifacts. @throws BAD_INPUT if any are missing or impossible. */
  finish(tx: Tx, job: HeldLease, finish: Finish): Promise<void>;
  /** An attempt has ended: the job is over, or queued again. Who waits for it moves along. */
  end(tx: Tx, job: EndedJob): Promise<Change[]>;
};
