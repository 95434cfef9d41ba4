import type { BatchReader } from '../data/batches.ts';
import { type StoredTensor, writeSafetensors } from '../data/safetensors.ts';
import type { Engine } from '../engine/engine.ts';
import { stateEntries } from '../engine/state-entries.ts';
import { concatenate } from '../nn/concatenate.ts';
import { packWeights, type WeightsOrigin } from '../nn/weights-file.ts';
import type { Finished } from './checkpoint.ts';
import type { Member } from './cohort.ts';
import { Evaluator, type Logits } from './evaluation.ts';
import type { ArtifactKind, CohortResult, NetworkResult, TrainingResult, WithheldResult } from './events.ts';
import type { Prepared } from './prepare.ts';
import { type CohortScores, type Scores, scoreCohort } from './scores.ts';
import { networkSpecs } from './step.ts';
import { storeFile } from './stored-file.ts';
import { type Labelled, scoreWithheld } from './withheld.ts';

type Artifact = TrainingResult['artifacts'][number];

/** What some of a run's networks came to. */
export type MemberResults = { networks: NetworkResult[]; cohort: CohortResult | null; artifacts: Artifact[] };

/** Logits of all members on any samples, under their selected weights. */
export type Evaluate = (reader: BatchReader, indices: Int32Array, where: string, beforeBatch: () => Promise<void>) => Promise<Logits>;

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
  const state = engine.createState(stateEntries(networkSpecs(members), values));
  const evaluator = await Evaluator.prepare(engine, 'teacher evaluation', members, 1000);
  try {
    return await use((reader, indices, where, beforeBatch) =>
      evaluator.run(state, reader, indices, { who: 'network', where }, beforeBatch),
    );
  } finally {
    state.dispose();
    await evaluator.dispose();
  }
};

const labelsOf = (labels: Int32Array, indices: Int32Array): Int32Array => indices.map((index) => labels[index] as number);

/** All members' logits on some samples, and how they did there. */
type Scored = { readonly logits: Logits; readonly labels: Int32Array; readonly scores: CohortScores };

type Parts = { readonly train: Scored | null; readonly validation: Scored | null; readonly test: Scored };

/** One member's share. */
const labelled = ({ logits, labels }: Scored, place: number): Labelled => ({ logits: logits[place] as Float32Array, labels });

/**
 * Scores the selected weights on training, validation and test images. This is the only place that reads the test split, once per
 * network, after everything has been chosen.
 */
const scoreSelected = async (
  { dataset, split, trainReader, testReader }: Prepared,
  { samples, finished }: Pick<Concluded, 'samples' | 'finished'>,
  evaluate: Evaluate,
  beforeBatch: () => Promise<void>,
) => {
  const epochs = [...new Set(finished.map(({ selectedEpoch }) => selectedEpoch))].join(' and ');
  const on = (what: string) => `on the ${what}, under the weights of epoch ${epochs}`;
  const onTraining = async (indices: Int32Array, where: string): Promise<Scored | null> => {
    if (indices.length === 0) return null;
    const labels = labelsOf(dataset.train.labels, indices);
    const logits = await evaluate(trainReader, indices, where, beforeBatch);
    return { logits, labels, scores: scoreCohort(logits, labels) };
  };
  const train = await onTraining(samples, on('training images'));
  const validation = await onTraining(split.validation, on('validation images'));
  const everyTestImage = Int32Array.from({ length: dataset.test.size }, (_, index) => index);
  const logits = await evaluate(testReader, everyTestImage, on('test split'), beforeBatch);
  const test: Scored = { logits, labels: dataset.test.labels, scores: scoreCohort(logits, dataset.test.labels) };
  return { train, validation, test };
};

const networkResult = ({ train, validation, test }: Parts, finished: Finished, place: number, withheld: WithheldResult): NetworkResult => {
  const own = (part: Scored | null): Scores | undefined => part?.scores.networks[place];
  return {
    index: finished.index,
    selectedEpoch: finished.selectedEpoch,
    trainAccuracy: own(train)?.accuracy ?? null,
    trainLoss: own(train)?.loss ?? null,
    validationAccuracy: own(validation)?.accuracy ?? null,
    validationLoss: own(validation)?.loss ?? null,
    testAccuracy: own(test)?.accuracy ?? null,
    testLoss: own(test)?.loss ?? null,
    validationEntropy: own(validation)?.entropy ?? null,
    testEntropy: own(test)?.entropy ?? null,
    ...withheld,
  };
};

const cohortResult = ({ validation, test }: Parts): CohortResult | null => {
  const { ensemble } = test.scores;
  if (ensemble === null) return null;
  const validated = validation?.scores.ensemble ?? null;
  return {
    ensembleValidationAccuracy: validated?.accuracy ?? null,
    ensembleValidationLoss: validated?.loss ?? null,
    ensembleValidationEntropy: validated?.entropy ?? null,
    ensembleTestAccuracy: ensemble.accuracy,
    ensembleTestLoss: ensemble.loss,
    disagreement: ensemble.disagreement,
  };
};

/** Selected and last weights of one network, and its logits on the test and the validation split, as files. */
const storeNetwork = async (
  prepared: Prepared,
  folder: string,
  member: Member,
  finished: Finished,
  test: Labelled,
  validation: Labelled | null,
): Promise<Artifact[]> => {
  const { dataset, split, spec, seed } = prepared;
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
  const storeLogits = async (kind: ArtifactKind, part: 'test' | 'validation', { logits, labels }: Labelled): Promise<Artifact> => {
    const shape = [labels.length, network.classes];
    const tensors: Record<string, StoredTensor> = { logits: { shape, data: logits }, labels: { shape: [labels.length], data: labels } };
    // Which images of the official training split they are.
    if (part === 'validation') tensors.indices = { shape: [labels.length], data: split.validation };
    const bytes = writeSafetensors(tensors, {
      kind: `studyhall-${part}-logits`,
      datasetHash: dataset.hash,
      model: network.model,
      view,
      epoch: String(selectedEpoch),
    });
    return { kind, network: index, epoch: selectedEpoch, file: await storeFile(folder, `network-${index}-${part}-logits`, bytes) };
  };
  return [
    { kind: 'SELECTED_WEIGHTS', network: index, epoch: selectedEpoch, file: selected },
    { kind: 'FINAL_WEIGHTS', network: index, epoch: lastEpoch, file: last },
    await storeLogits('TEST_LOGITS', 'test', test),
    ...(validation === null ? [] : [await storeLogits('VALIDATION_LOGITS', 'validation', validation)]),
  ];
};

/** Members that are done, and what they trained on: indices into the official training split. */
export type Concluded = { readonly members: readonly Member[]; readonly finished: readonly Finished[]; readonly samples: Int32Array };

/**
 * Evaluates and stores the selected weights. The ensemble of networks that were selected at different epochs is made of those.
 *
 * @param beforeBatch called before each batch; may throw to end it
 */
export const concludeMembers = async (
  prepared: Prepared,
  folder: string,
  { members, finished, samples }: Concluded,
  evaluate: Evaluate,
  beforeBatch: () => Promise<void>,
): Promise<MemberResults> => {
  const { dataset, split, spec } = prepared;
  const parts = await scoreSelected(prepared, { samples, finished }, evaluate, beforeBatch);
  // A teacher that has seen the withheld classes is the measure of those that have not; it needs no correction.
  const sawAll = samples === split.train;
  const artifacts: Artifact[] = [];
  const networks: NetworkResult[] = [];
  for (const [place, own] of finished.entries()) {
    const test = labelled(parts.test, place);
    const validation = parts.validation === null ? null : labelled(parts.validation, place);
    artifacts.push(...(await storeNetwork(prepared, folder, members[place] as Member, own, test, validation)));
    const withheld = scoreWithheld(sawAll ? null : validation, test, dataset.classes.length, spec.data.withheldClasses);
    networks.push(networkResult(parts, own, place, withheld));
  }
  return { networks, cohort: cohortResult(parts), artifacts };
};
