import { WorkError, WorkStopped } from '../work-failure.ts';

/** What helps where numbers grew until 32 bits held them no more. */
export const LOWER_THE_RATE = 'A lower learning rate or some warm-up usually helps';

/** A run that cannot go on. The message says what was wrong, where, and what would be right. */
export class TrainingError extends WorkError {
  override name = 'TrainingError';
}

/** Training was asked to stop, and did after the batch under way. */
export class TrainingStopped extends WorkStopped {
  override name = 'TrainingStopped';
}
