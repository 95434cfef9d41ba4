import { type ModelName, parseModelName } from '@studyhall/contract/spec/model-name.ts';
import type { Problem } from '../errors.ts';
import { checkAugmentation } from './check-augmentation.ts';
import { checkBatchNorm } from './check-batch-norm.ts';
import { checkData } from './check-data.ts';
import { checkFeatures } from './check-features.ts';
import { checkMethod } from './check-method.ts';
import { type NetworkSpec, type RunSpec, trainedTeachers, trainSamplesUsed, validationSamples } from './spec.ts';

/** What a spec is checked against: the dataset as it was announced. */
export type DatasetFacts = { name: string; views: { name: string; shape: number[] }[]; classCount: number; trainSize: number };

/** Most networks in a cohort. */
export const maxNetworks = 16;

/**
 * What a normalised spec says that contradicts itself or its dataset. Whether teachers from other runs are there is checked elsewhere.
 *
 * @param earlierViews views of the teachers from other runs; absent: there are none
 */
export function checkSpec(spec: RunSpec, dataset: DatasetFacts, earlierViews: readonly string[] = []): Problem[] {
  return [
    ...checkNetworks(spec, dataset),
    ...checkMethod(spec),
    ...checkFeatures(spec, dataset.views),
    ...checkTrainedTeachers(spec, dataset),
    ...checkData(spec, dataset),
    ...checkTraining(spec, dataset),
    ...checkBatchNorm(spec, dataset),
    ...checkAugmentation(spec, dataset, earlierViews),
  ];
}

function checkNetworks({ networks, method }: RunSpec, dataset: DatasetFacts): Problem[] {
  const count = networks.length;
  if (count < 1 || count > maxNetworks) return [{ path: 'networks', message: `has ${count} networks; a cohort has 1 to ${maxNetworks}.` }];
  const problems = networks.flatMap((network, i) => checkNetwork(network, `networks.${i}`, dataset));
  if (method.mutual && count < 2)
    problems.push({ path: 'networks', message: 'has 1 network; mutual learning needs at least 2, to learn from each other.' });
  return problems;
}

function checkNetwork({ model, view }: NetworkSpec, path: string, dataset: DatasetFacts): Problem[] {
  const problems: Problem[] = [];
  const parsed = parseModelName(model);
  if (typeof parsed === 'string') problems.push({ path: `${path}.model`, message: parsed });
  const found = view === null ? dataset.views[0] : dataset.views.find(({ name }) => name === view);
  if (!found) {
    const allowed = dataset.views.map(({ name }) => name).join(', ');
    problems.push({ path: `${path}.view`, message: `"${view}" is no view of ${dataset.name}; allowed: ${allowed}.` });
  } else if (typeof parsed !== 'string' && !reads(parsed.family, found.shape)) {
    const shape = found.shape.join(' × ');
    const needs = parsed.family === 'tcn' ? 'sequences (time × channels)' : 'images (height × width × channels)';
    problems.push({
      path: `${path}.model`,
      message: `${model} needs ${needs}, but view ${found.name} has shape ${shape}; use an mlp there${found.shape.length === 2 ? ', or a tcn' : ''}.`,
    });
  }
  return problems;
}

/** An mlp reads anything, a temporal network sequences, all others images. */
function reads(family: ModelName['family'], shape: readonly number[]): boolean {
  return family === 'mlp' || shape.length === (family === 'tcn' ? 2 : 3);
}

function checkTrainedTeachers(spec: RunSpec, dataset: DatasetFacts): Problem[] {
  return trainedTeachers(spec).flatMap(({ path, network }) => checkNetwork(network, `${path}.network`, dataset));
}

function checkTraining({ training, data }: RunSpec, dataset: DatasetFacts): Problem[] {
  const { epochs, batchSize, warmupEpochs, schedule, selection } = training;
  const problems: Problem[] = [];
  const used = trainSamplesUsed(data, dataset.trainSize);
  if (batchSize > used)
    problems.push({ path: 'training.batchSize', message: `is ${batchSize}; only ${used} training images are used, not one full batch.` });
  if (warmupEpochs >= epochs && warmupEpochs > 0)
    problems.push({ path: 'training.warmupEpochs', message: `is ${warmupEpochs}; it has to be less than the ${epochs} epochs.` });
  if (schedule.step) problems.push(...checkMilestones(schedule.step.milestones, epochs));
  if (schedule.constant?.enabled === false)
    problems.push({
      path: 'training.schedule.constant.enabled',
      message: 'is false; it can only be true. Choose another schedule instead.',
    });
  if (selection === 'BEST_VALIDATION' && validationSamples(data, dataset.trainSize) === 0)
    problems.push({ path: 'training.selection', message: 'is BEST_VALIDATION, but data.validationFraction holds no image back.' });
  if (training.optimizer.sgd?.nesterov && training.optimizer.sgd.momentum === 0)
    problems.push({ path: 'training.optimizer.sgd.nesterov', message: 'is true, which needs a momentum above 0.' });
  return [...problems, ...checkDecay(training), ...checkFall(training)];
}

/** The smallest number that 32-bit floats hold in full: below it they run out of digits. */
const smallest = 2 ** -126;

/** The learning rate after the last milestone: one that 32 bits take for 0 would end training there, without a word. */
function checkFall({ schedule, learningRate }: RunSpec['training']): Problem[] {
  if (!schedule.step) return [];
  const { factor, milestones } = schedule.step;
  const last = learningRate * factor ** milestones.length;
  if (last >= smallest) return [];
  const message = `is ${factor}; after ${milestones.length} milestones the learning rate would be ${last.toPrecision(1)}, which 32-bit floats take for 0.`;
  return [{ path: 'training.schedule.step.factor', message }];
}

/** AdamW multiplies weights by 1 − ηλ: below 0 they would change their sign at each step. */
function checkDecay({ optimizer, learningRate }: RunSpec['training']): Problem[] {
  const decay = optimizer.adamw?.weightDecay ?? 0;
  if (decay * learningRate <= 1) return [];
  const path = 'training.optimizer.adamw.weightDecay';
  return [{ path, message: `is ${decay}; times the learning rate, ${learningRate}, it has to be at most 1.` }];
}

function checkMilestones(milestones: readonly number[], epochs: number): Problem[] {
  const path = 'training.schedule.step.milestones';
  const problems: Problem[] = [];
  if (milestones.length === 0) problems.push({ path, message: 'is empty; name at least one epoch, or choose the constant schedule.' });
  for (const [i, milestone] of milestones.entries()) {
    if (milestone >= epochs)
      problems.push({ path: `${path}.${i}`, message: `is ${milestone}; it has to be less than the ${epochs} epochs.` });
    if (i > 0 && milestone <= (milestones[i - 1] ?? 0))
      problems.push({ path: `${path}.${i}`, message: 'has to be more than the one before.' });
  }
  return problems;
}

/** Seeds: 1 to 50, distinct, not negative. */
export function checkSeeds(seeds: readonly number[]): Problem[] {
  if (seeds.length < 1 || seeds.length > 50) return [{ path: 'seeds', message: `has ${seeds.length} seeds; 1 to 50 are allowed.` }];
  const seen = new Set<number>();
  const problems: Problem[] = [];
  for (const [i, seed] of seeds.entries()) {
    if (!Number.isInteger(seed) || seed < 0 || seed > 2147483647)
      problems.push({ path: `seeds.${i}`, message: `is ${seed}; it has to be a whole number from 0 to 2147483647.` });
    if (seen.has(seed)) problems.push({ path: `seeds.${i}`, message: `is ${seed}, which stands there already; seeds are distinct.` });
    seen.add(seed);
  }
  return problems;
}
