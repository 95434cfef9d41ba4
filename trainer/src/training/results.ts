import type { BatchReader } from '../data/batches.ts';
import { writeSafetensors } from '../data/safetensors.ts';
import type { Engine } from '../engine/engine.ts';
import { packWeights, type WeightsOrigin } from '../nn/weights-file.ts';
import type { Finished } from './checkpoint.ts';
import { concatenate, type Member } from './cohort.ts';
import { Evaluator, type Logits } from './evaluation.ts';
import type { CohortResult, NetworkResult, TrainingResult } from './events.ts';
import type { Prepared } from './prepare.ts';
import { type CohortScores, scoreCohort } from './scores.ts';
import { networkSpecs } from './step.ts';
import { storeFile } from './stored-file.ts';

type Artifact = TrainingResult['artifacts'][number];

/** What some of a run's networks came to. */
export type MemberResults = { networks: NetworkResult[]; cohort: CohortResult | null; artifacts: Artifact[] };

/** Logits of all members on any samples, under their selected weights. */
export type Evaluate = (reader: BatchReader, indices: Int32Array, beforeBatch: () => Promise<void>) => Promise<Logits>;

/** Gives `use` an evaluator of networks that are done. */
export const evaluateFinished = async <T>(
  engine: Engine,
  members: readonly Member[],
  finished: readonly Finished[],
  use: (evaluate: Evaluate) => Promise<T>,
): Promise<T> => {
  const values: Record<string, Float32Array> = {
    weights: concatenate(finished.map(({ selected }) => selected.weights)),
    statistics: concatenate(finished.map(({ selected }) => selected.statistics)),
  };
  const state = engine.createState(
    Object.fromEntries(Object.entries(networkSpecs(members)).map(([name, spec]) => [name, { spec, data: values[name] as Float32Array }])),
  );
  const evaluator = await Evaluator.prepare(engine, 'teacher evaluation', members, 1000);
  try {
    return await use((reader, indices, beforeBatch) => evaluator.run(state, reader, indices, beforeBatch));
  } finally {
    state.dispose();
    await evaluator.dispose();
  }
};

const labelsOf = (labels: Int32Array, indices: Int32Array): Int32Array => indices.map((index) => labels[index] as number);

/**
 * Scores the selected weights on training, validation and test images. This is the only place that reads the test split, once per
 * network, after everything has been chosen.
 */
const scoreSelected = async (
  { dataset, split, trainReader, testReader }: Prepared,
  evaluate: Evaluate,
  beforeBatch: () => Promise<void>,
) => {
  const onTraining = async (indices: Int32Array) =>
    indices.length === 0 ? null : scoreCohort(await evaluate(trainReader, indices, beforeBatch), labelsOf(dataset.train.labels, indices));
  const train = await onTraining(split.train);
  const validation = await onTraining(split.validation);
  const everyTestImage = Int32Array.from({ length: dataset.test.size }, (_, index) => index);
  const testLogits = await evaluate(testReader, everyTestImage, beforeBatch);
  return { train, validation, test: scoreCohort(testLogits, dataset.test.labels), testLogits };
};

const networkResult = (
  finished: Finished,
  place: number,
  train: CohortScores | null,
  validation: CohortScores | null,
  test: CohortScores,
): NetworkResult => ({
  index: finished.index,
  selectedEpoch: finished.selectedEpoch,
  trainAccuracy: train?.networks[place]?.accuracy ?? null,
  trainLoss: train?.networks[place]?.loss ?? null,
  validationAccuracy: validation?.networks[place]?.accuracy ?? null,
  validationLoss: validation?.networks[place]?.loss ?? null,
  testAccuracy: test.networks[place]?.accuracy ?? null,
  testLoss: test.networks[place]?.loss ?? null,
});

const cohortResult = (validation: CohortScores | null, test: CohortScores): CohortResult | null =>
  test.ensemble === null
    ? null
    : {
        ensembleValidationAccuracy: validation?.ensemble?.accuracy ?? null,
        ensembleValidationLoss: validation?.ensemble?.loss ?? null,
        ensembleTestAccuracy: test.ensemble.accuracy,
        ensembleTestLoss: test.ensemble.loss,
        disagreement: test.ensemble.disagreement,
      };

/** Selected and last weights of one network, and its test logits, as files. */
const storeNetwork = async (
  prepared: Prepared,
  folder: string,
  member: Member,
  finished: Finished,
  logits: Float32Array,
): Promise<Artifact[]> => {
  const { dataset, spec, seed } = prepared;
  const { network, view, index } = member;
  const origin = (epoch: number): WeightsOrigin => ({
    model: network.model,
    view,
    classes: network.classes,
    datasetHash: dataset.hash,
    data: JSON.stringify(spec.data),
    seed,
    epoch,
  });
  const { selectedEpoch, lastEpoch } = finished;
  const selected = await storeFile(folder, `network-${index}-selected`, packWeights(network, finished.selected, origin(selectedEpoch)));
  // Under LAST_EPOCH they are the same weights, and so the same file.
  const last =
    selectedEpoch === lastEpoch
      ? selected
      : await storeFile(folder, `network-${index}-last`, packWeights(network, finished.last, origin(lastEpoch)));
  const test = writeSafetensors(
    {
      logits: { shape: [dataset.test.size, network.classes], data: logits },
      labels: { shape: [dataset.test.size], data: dataset.test.labels },
    },
    { kind: 'studyhall-test-logits', datasetHash: dataset.hash, model: network.model, view, epoch: String(selectedEpoch) },
  );
  return [
    { kind: 'SELECTED_WEIGHTS', network: index, epoch: selectedEpoch, file: selected },
    { kind: 'FINAL_WEIGHTS', network: index, epoch: lastEpoch, file: last },
    { kind: 'TEST_LOGITS', network: index, epoch: selectedEpoch, file: await storeFile(folder, `network-${index}-test-logits`, test) },
  ];
};

/**
 * Evaluates and stores the selected weights. The ensemble of networks that were selected at different epochs is made of those.
 *
 * @param beforeBatch called before each batch; may throw to end it
 */
export const concludeMembers = async (
  prepared: Prepared,
  folder: string,
  members: readonly Member[],
  finished: readonly Finished[],
  evaluate: Evaluate,
  beforeBatch: () => Promise<void>,
): Promise<MemberResults> => {
  const { train, validation, test, testLogits } = await scoreSelected(prepared, evaluate, beforeBatch);
  const artifacts: Artifact[] = [];
  for (const [place, own] of finished.entries()) {
    artifacts.push(...(await storeNetwork(prepared, folder, members[place] as Member, own, testLogits[place] as Float32Array)));
  }
  return {
    networks: finished.map((own, place) => networkResult(own, place, train, validation, test)),
    cohort: cohortResult(validation, test),
    artifacts,
  };
};
