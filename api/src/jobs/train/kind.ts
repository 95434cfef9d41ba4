import type { Kind } from '../kind.ts';
import { beginTraining, describeTraining } from './claim.ts';
import { endTraining } from './ended.ts';
import { showProgress } from './progress.ts';
import { storeResults } from './results.ts';

/** Training a run. */
export const train: Kind = {
  begin: beginTraining,
  describe: describeTraining,
  progress: showProgress,
  finish: storeResults,
  end: endTraining,
};
