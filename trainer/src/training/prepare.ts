import { createHash } from 'node:crypto';
import { BatchReader, measureViews } from '../data/batches.ts';
import { findDataset } from '../data/catalogue.ts';
import { checkSplit } from '../data/check-split.ts';
import { DataError } from '../data/data-error.ts';
import type { Dataset, View } from '../data/dataset.ts';
import type { DataFolders } from '../data/folders.ts';
import { type Split, splitTraining } from '../data/split.ts';
import { featureShape } from '../methods/feature-matching.ts';
import type { Method } from '../methods/method.ts';
import { methodOf } from '../methods/methods.ts';
import { ModelError, parseModel } from '../nn/models.ts';
import type { NetworkSettings, RunSpec } from '../spec/run-spec.ts';
import type { Member } from './cohort.ts';
import { TrainingError } from './failure.ts';
import { optimizerOf } from './optimizer.ts';
import { checkStateSize } from './state-size.ts';
import { memberSpecs, stateSpecs } from './step.ts';

/** Everything a run needs that does not change while it trains. */
export type Prepared = {
  readonly spec: RunSpec;
  readonly seed: number;
  readonly dataset: Dataset;
  readonly split: Split;
  readonly method: Method;
  readonly cohort: readonly Member[];
  /** Teachers that are trained within the run, and for how many epochs; their indices follow the cohort's. */
  readonly trainedTeachers: readonly { readonly member: Member; readonly epochs: number }[];
  readonly trainReader: BatchReader;
  readonly testReader: BatchReader;
  /** Names seed, dataset and spec: a checkpoint goes with one of these only. */
  readonly identity: string;
};

/** Neurons; the assignment takes seconds there, each epoch and for each pair, and up to eight times as long for twice as many. */
const MOST_ALIGNED = 2048;

const viewOf = (dataset: Dataset, settings: NetworkSettings, path: string): View => {
  const name = settings.view ?? (dataset.views[0] as View).name;
  const view = dataset.views.find((candidate) => candidate.name === name);
  if (view === undefined) {
    throw new DataError(
      `${path}.view: ${dataset.name} has no view ${JSON.stringify(name)}; it has ${dataset.views.map((candidate) => candidate.name).join(', ')}`,
    );
  }
  return view;
};

const memberOf = (dataset: Dataset, settings: NetworkSettings, index: number, path: string): Member => {
  const view = viewOf(dataset, settings, path);
  try {
    return { index, view: view.name, network: parseModel(settings.model)(view.shape, dataset.classes.length, settings.dropout) };
  } catch (error) {
    if (error instanceof ModelError) throw new DataError(`${path}.model: ${error.message}`);
    throw error;
  }
};

/**
 * Augmentation changes all views of a sample alike, so all networks, teachers included, have to see pictures of one extent.
 *
 * @throws DataError
 */
export const checkAugmentation = (dataset: Dataset, seers: readonly { readonly view: string }[], spec: RunSpec): void => {
  const { flip, cropPadding } = spec.training.augmentation;
  if (!flip && cropPadding === 0) return;
  const shapes = seers.map(({ view }) => dataset.views.find(({ name }) => name === view)?.shape ?? []);
  if (shapes.some((shape) => shape.length !== 3))
    throw new DataError('training.augmentation: only pictures [height, width, channels] can be flipped and cropped');
  const extents = new Set(shapes.map(([height, width]) => `${height}×${width}`));
  if (extents.size > 1)
    throw new DataError(`training.augmentation: views of different extents (${[...extents].join(', ')}) cannot be augmented alike`);
};

/** Features can be compared between equal shapes only, and aligned where the assignment stays a matter of seconds. */
const checkFeatures = (cohort: readonly Member[], { features }: Method): void => {
  if (features === undefined) return;
  const { layer, alignment } = features;
  const path = 'method.mutual.features';
  const show = ({ index, network }: Member) => `network ${index} (${network.model}) has ${featureShape(network, layer).join(' × ')}`;
  const first = cohort[0] as Member;
  const other = cohort.find(({ network }) => featureShape(network, layer).join() !== featureShape(first.network, layer).join());
  if (other !== undefined) {
    throw new DataError(`${path}.layer: ${layer}, where ${show(first)} and ${show(other)}: features of different shapes cannot be matched`);
  }
  const neurons = featureShape(first.network, layer).at(-1) as number;
  if (alignment === 'PERMUTATION' && neurons > MOST_ALIGNED) {
    throw new DataError(
      `${path}.alignment: ${neurons} neurons of ${first.network.model} are too many to be aligned; at most ${MOST_ALIGNED} can be`,
    );
  }
};

/**
 * Batch norm takes a channel's deviation over the batch: that of a single number is 0, so every image would come out as the same.
 *
 * @throws DataError
 */
const checkBatchNorm = (members: readonly Member[], batchSize: number): void => {
  const starved = members.find(({ network }) => batchSize * (network.normalisedTogether ?? Number.POSITIVE_INFINITY) < 2);
  if (starved === undefined) return;
  const { index, network } = starved;
  throw new DataError(
    `training.batchSize: ${batchSize}, where the batch norm of network ${index} (${network.model} on ${network.inputShape.join(' × ')}) sees a single number per channel; take a batch of at least 2, or a network without batch norm (mlp)`,
  );
};

/**
 * Finds and reads the data and builds the networks that a spec names.
 *
 * @throws TrainingError (permanent) for whatever only the machine that trains can find wrong: a dataset that is not here or not the same,
 * a view it does not have, more images or a larger batch than there are.
 */
export const prepareRun = async (spec: RunSpec, seed: number, folders: DataFolders, datasetHash?: string): Promise<Prepared> => {
  try {
    return await prepare(spec, seed, folders, datasetHash);
  } catch (error) {
    if (error instanceof DataError) throw new TrainingError(error.message, { permanent: true, cause: error });
    throw error;
  }
};

const prepare = async (spec: RunSpec, seed: number, folders: DataFolders, datasetHash?: string): Promise<Prepared> => {
  const dataset = await (await findDataset(spec.dataset, folders)).load();
  if (datasetHash !== undefined && datasetHash !== dataset.hash) {
    throw new DataError(
      `dataset ${dataset.name} on this machine is not the one the run was scheduled for: its content hash is ${dataset.hash} instead of ${datasetHash}`,
    );
  }
  const split = splitTraining(dataset.train.labels, dataset.classes.length, spec.data);
  checkSplit(dataset, split, spec.data);
  if (split.transfer.length < spec.training.batchSize) {
    const left = spec.data.withheldClasses.length > 0 ? ' that are left without the withheld classes' : '';
    throw new DataError(
      `training.batchSize: a batch of ${spec.training.batchSize} is more than the ${split.transfer.length} training images${left}`,
    );
  }
  if (split.validation.length === 0 && spec.training.selection === 'BEST_VALIDATION') {
    throw new DataError('training.selection: BEST_VALIDATION needs a validation split; data.validationFraction leaves none');
  }
  const method = methodOf(spec);
  const cohort = spec.networks.map((settings, index) => memberOf(dataset, settings, index, `networks.${index}`));
  const trainedTeachers = method.teachers
    .filter(({ settings }) => settings.trained !== undefined)
    .map(({ path, settings }, place) => {
      const trained = settings.trained as NonNullable<typeof settings.trained>;
      const member = memberOf(dataset, trained.network, cohort.length + place, `${path}.trained.network`);
      return { member, epochs: trained.epochs ?? spec.training.epochs };
    });
  const teachers = trainedTeachers.map(({ member }) => member);
  checkAugmentation(dataset, [...cohort, ...teachers], spec);
  const optimizer = optimizerOf(spec.training.optimizer);
  checkStateSize(memberSpecs({ members: teachers, optimizer }));
  checkStateSize(stateSpecs({ members: cohort, optimizer, teachers }));
  checkFeatures(cohort, method);
  checkBatchNorm([...cohort, ...teachers], spec.training.batchSize);
  const normalisation = measureViews(
    dataset,
    dataset.views.map(({ name }) => name),
  );
  return {
    spec,
    seed,
    dataset,
    split,
    method,
    cohort,
    trainedTeachers,
    trainReader: new BatchReader(dataset, dataset.train, normalisation, split.labelled),
    testReader: new BatchReader(dataset, dataset.test, normalisation),
    identity: createHash('sha256')
      .update(JSON.stringify([seed, dataset.hash, spec]))
      .digest('hex'),
  };
};
