import type { RunSpec } from '@studyhall/contract/spec/run-spec.ts';
import { dataFolders } from '../data/folders.ts';
import type { Engine } from '../engine/engine.ts';
import { readSpec } from '../spec/read-spec.ts';
import { SpecError } from '../spec/spec-error.ts';
import type { TrainingListener, TrainingResult } from './events.ts';
import { TrainingError } from './failure.ts';
import type { TrainingJob } from './job.ts';
import { prepareRun } from './prepare.ts';
import { TrainingRun } from './run.ts';
import { readTeachers } from './teachers.ts';

export type { TeacherFile, TrainingJob } from './job.ts';

/**
 * Trains one run from its start, or from a checkpoint, to its end.
 *
 * @throws TrainingError: bad data or spec (`permanent`), non-finite loss (`permanent`), an unusable checkpoint (`discardCheckpoint`).
 * @throws TrainingStopped once `signal` is aborted and the batch under way is done; a checkpoint of that very step is then written and told.
 * With the reason `CANCEL` (`controller.abort(CANCEL)`) none is written: the run will not be resumed.
 */
export type Train = (job: TrainingJob, engine: Engine, listener: TrainingListener, signal: AbortSignal) => Promise<TrainingResult>;

export { CANCEL } from '../work-failure.ts';

export const train: Train = async (job, engine, listener, signal) => {
  const spec = readJobSpec(job.spec);
  const prepared = await prepareRun(
    spec,
    job.seed,
    job.folders ?? dataFolders(),
    job.datasetHash,
    job.teachers.map(({ view }) => view),
  );
  const awaited = prepared.method.teachers.length - prepared.trainedTeachers.length;
  if (job.teachers.length !== awaited) {
    throw new TrainingError(`the spec names ${awaited} teachers of earlier runs, but weights of ${job.teachers.length} were given`, {
      permanent: true,
    });
  }
  const teachers = await readTeachers(prepared, job.teachers);
  return new TrainingRun(job, prepared, teachers, engine, listener, signal).run();
};

const readJobSpec = (spec: unknown): RunSpec => {
  try {
    return readSpec(spec);
  } catch (error) {
    if (error instanceof SpecError) throw new TrainingError(error.message, { permanent: true, cause: error });
    throw error;
  }
};
