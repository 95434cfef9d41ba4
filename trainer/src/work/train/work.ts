import type { TrainingJob } from '../../training/job.ts';
import { train as trainRun } from '../../training/train.ts';
import type { Work } from '../work.ts';
import { partOf } from './part.ts';

/** Trains a run. */
export const train: Work<TrainingJob> = {
  do: (job, engine, { log, progress, report }, signal) =>
    trainRun(
      job,
      engine,
      {
        log,
        progress,
        networks: (networks, fingerprint) => report(partOf({ networks, fingerprint }), null),
        epochs: (rows, cohort, checkpoint) => report(partOf({ rows, cohort }), checkpoint),
      },
      signal,
    ),
};
