/** What helps where numbers grew until 32 bits held them no more. */
export const LOWER_THE_RATE = 'A lower learning rate or some warm-up usually helps';

/** A run that cannot go on. The message says what was wrong, where, and what would be right. */
export class TrainingError extends Error {
  override name = 'TrainingError';
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

/** Training was asked to stop, and did after the batch under way. */
export class TrainingStopped extends Error {
  override name = 'TrainingStopped';
}
