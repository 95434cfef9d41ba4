import type { DataSettings } from '@studyhall/contract/spec/run-spec.ts';
import { readWhole } from '../data/content.ts';
import { readSafetensors, SafetensorsError } from '../data/safetensors.ts';
import { splitTraining } from '../data/split.ts';
import { ModelError, parseModel } from '../nn/models.ts';
import { readOrigin, unpackWeights, type WeightsOrigin } from '../nn/weights-file.ts';
import type { FrozenMember } from './cohort.ts';
import { TrainingError } from './failure.ts';
import type { TeacherFile } from './job.ts';
import type { Prepared } from './prepare.ts';

/** Whether the teacher was trained on validation images of this run. */
const hasSeenValidation = ({ dataset, split }: Prepared, origin: WeightsOrigin): boolean => {
  if (split.validation.length === 0) return false;
  // Written by this program into the weights it reads back.
  const settings = JSON.parse(origin.data) as DataSettings;
  const seen = new Set(splitTraining(dataset.train.labels, dataset.classes.length, settings).train);
  return split.validation.some((index) => seen.has(index));
};

/**
 * Reads the weights of the earlier runs' networks that teach in this one, in the spec's order.
 *
 * @throws TrainingError (permanent) as `readTeacher`
 */
export const readTeachers = (prepared: Prepared, files: readonly TeacherFile[]): Promise<FrozenMember[]> =>
  Promise.all(files.map((file) => readTeacher(prepared, file)));

/**
 * Reads the weights of an earlier run's network that teaches in this one.
 *
 * @throws TrainingError (permanent) when the file is damaged, or the network cannot be a teacher here: other data, other classes, a view that does
 * not exist, or training images that this run validates on.
 */
const readTeacher = async (prepared: Prepared, file: TeacherFile): Promise<FrozenMember> => {
  const { dataset } = prepared;
  const refuse = (reason: string, cause?: unknown) =>
    new TrainingError(`network ${file.network} of run ${file.runId} cannot be a teacher here: ${reason}`, { permanent: true, cause });
  const view = dataset.views.find(({ name }) => name === file.view);
  if (view === undefined) throw refuse(`it sees the view ${file.view}, which ${dataset.name} does not have`);
  try {
    const stored = readSafetensors(await readWhole(file.path));
    const origin = readOrigin(stored);
    const classes = dataset.classes.length;
    // Before its tensors are looked at: they differ, too, and say less.
    if (origin.classes !== classes) throw refuse(`it has outputs for ${origin.classes} classes, and ${dataset.name} has ${classes}`);
    if (origin.datasetHash !== dataset.hash)
      throw refuse(`it was trained on other data (${origin.datasetHash} instead of ${dataset.hash})`);
    const network = parseModel(file.model)(view.shape, classes);
    const { weights, statistics } = unpackWeights(stored, network);
    if (hasSeenValidation(prepared, origin)) {
      throw refuse('it was trained on validation images of this run; give both runs the same data settings');
    }
    return { view: view.name, network, weights, statistics };
  } catch (error) {
    if (error instanceof SafetensorsError || error instanceof ModelError) throw refuse(error.message, error);
    throw error;
  }
};
