import { cutProblems } from '@studyhall/contract/settings/problem.ts';
import { written } from '@studyhall/contract/settings/written.ts';
import { checkSpecOn } from '@studyhall/contract/spec/checks/check-spec.ts';
import { type DatasetFacts, viewOf } from '@studyhall/contract/spec/dataset-facts.ts';
import { runText } from '@studyhall/contract/spec/identity.ts';
import type { NetworkSettings, RunSpec } from '@studyhall/contract/spec/run-spec.ts';
import { trainedTeachers } from '@studyhall/contract/spec/teachers.ts';
import { BatchReader, measureViews } from '../data/batches.ts';
import { findDataset } from '../data/catalogue.ts';
import { checkSplit } from '../data/check-split.ts';
import { DataError } from '../data/data-error.ts';
import type { Dataset, View } from '../data/dataset.ts';
import type { DataFolders } from '../data/folders.ts';
import { sha256Of } from '../data/sha256.ts';
import { type Split, splitTraining } from '../data/split.ts';
import type { Method } from '../methods/method.ts';
import { methodOf } from '../methods/methods.ts';
import { parseModel } from '../nn/models.ts';
import { SpecError } from '../spec/spec-error.ts';
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
  /** Names seed, dataset and spec, what is at its default left out: a checkpoint goes with one of these only. */
  readonly identity: string;
  /** As earlier versions wrote it, of the whole spec: their checkpoints are read until a setting is added. */
  readonly formerIdentity: string;
};

const factsOf = ({ name, views, classes, train }: Dataset): DatasetFacts => ({
  name,
  views,
  classCount: classes.length,
  trainSize: train.size,
});

/** The views have been checked. */
const memberOf = (dataset: Dataset, settings: NetworkSettings, index: number): Member => {
  const view = viewOf(settings, dataset) as View;
  return { index, view: view.name, network: parseModel(settings.model)(view.shape, dataset.classes.length, settings.dropout) };
};

const identitiesOf = (spec: RunSpec, seed: number, { hash, views }: Dataset): Pick<Prepared, 'identity' | 'formerIdentity'> => ({
  identity: sha256Of([runText(spec, seed, { hash, firstView: views[0]?.name ?? '' })]),
  formerIdentity: sha256Of([JSON.stringify([seed, hash, spec])]),
});

/**
 * Finds and reads the data and builds the networks that a spec names.
 *
 * @param earlierViews views of the teachers from earlier runs
 * @throws TrainingError (permanent) for whatever only the machine that trains can find wrong: a dataset that is not here or not the same,
 * a view it does not have, more images or a larger batch than there are.
 */
export const prepareRun = async (
  spec: RunSpec,
  seed: number,
  folders: DataFolders,
  datasetHash?: string,
  earlierViews: readonly string[] = [],
): Promise<Prepared> => {
  try {
    return await prepare(spec, seed, folders, datasetHash, earlierViews);
  } catch (error) {
    if (error instanceof DataError || error instanceof SpecError) throw new TrainingError(error.message, { permanent: true, cause: error });
    throw error;
  }
};

const prepare = async (
  spec: RunSpec,
  seed: number,
  folders: DataFolders,
  datasetHash: string | undefined,
  earlierViews: readonly string[],
): Promise<Prepared> => {
  const dataset = await (await findDataset(spec.dataset, folders)).load();
  if (datasetHash !== undefined && datasetHash !== dataset.hash) {
    throw new DataError(
      `dataset ${dataset.name} on this machine is not the one the run was scheduled for: its content hash is ${dataset.hash} instead of ${datasetHash}`,
    );
  }
  const problems = checkSpecOn(spec, factsOf(dataset), earlierViews);
  if (problems.length > 0) throw new SpecError(cutProblems(problems));
  const split = splitTraining(dataset.train.labels, dataset.classes.length, spec.data);
  checkSplit(dataset, split, spec.data);
  if (split.transfer.length < spec.training.batchSize) {
    throw new DataError(
      `training.batchSize: a batch of ${written(spec.training.batchSize)} is more than the ${written(split.transfer.length)} training images that are left without the withheld classes`,
    );
  }
  const method = methodOf(spec);
  const cohort = spec.networks.map((settings, index) => memberOf(dataset, settings, index));
  const ownTeachers = trainedTeachers(spec).map(({ network, epochs }, place) => ({
    member: memberOf(dataset, network, cohort.length + place),
    epochs,
  }));
  const teachers = ownTeachers.map(({ member }) => member);
  const { precision } = spec.training;
  const optimizer = optimizerOf(spec.training.optimizer);
  checkStateSize(memberSpecs({ members: teachers, optimizer, precision }));
  checkStateSize(stateSpecs({ members: cohort, optimizer, teachers, precision }));
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
    trainedTeachers: ownTeachers,
    trainReader: new BatchReader(dataset, dataset.train, normalisation, split.labelled),
    testReader: new BatchReader(dataset, dataset.test, normalisation),
    ...identitiesOf(spec, seed, dataset),
  };
};
