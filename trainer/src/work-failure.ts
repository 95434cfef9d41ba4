/** Reason of an abort after which nobody will go on: no checkpoint is written. */
export const CANCEL = 'cancelled';

/** Work that cannot go on. The message says what was wrong, where, and what would be right. */
export class WorkError extends Error {
  override name = 'WorkError';
  /** Trying again cannot help: bad data or spec, a non-finite loss. */
  readonly permanent: boolean;
  /** The checkpoint it was to go on from is unusable: the next attempt starts from scratch. */
  readonly discardCheckpoint: boolean;

  constructor(message: string, kind: { permanent?: boolean; discardCheckpoint?: boolean; cause?: unknown } = {}) {
    super(message, { cause: kind.cause });
    this.permanent = kind.permanent ?? false;
    this.discardCheckpoint = kind.discardCheckpoint ?? false;
  }
}

/** Work was asked to stop, and did after the batch under way. */
export class WorkStopped extends Error {
  override name = 'WorkStopped';
}
