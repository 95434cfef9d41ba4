import type { Kind } from '../kind.ts';
import { analysisOf, changesOf } from './analysis-of.ts';
import { beginAnalysis, describeAnalysis } from './claim.ts';
import { showProgress } from './progress.ts';
import { storeResult } from './result.ts';

/** Analysing networks that have been trained. */
export const analyse: Kind = {
  begin: beginAnalysis,
  describe: describeAnalysis,
  progress: showProgress,
  finish: storeResult,
  end: (tx, job) => changesOf(tx, analysisOf(job)),
};
