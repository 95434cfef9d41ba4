import type { Problem } from '../../settings/problem.ts';
import { written } from '../../settings/written.ts';
import type { DatasetFacts } from '../dataset-facts.ts';
import type { RunSpec, TrainingSettings } from '../run-spec.ts';
import { trainSamplesUsed, validationSamples } from '../samples.ts';

/** What a spec says of its training that contradicts itself. */
export function checkTraining({ training, data }: RunSpec): Problem[] {
  const { epochs, warmupEpochs, schedule, selection } = training;
  const problems: Problem[] = [];
  if (warmupEpochs >= epochs && warmupEpochs > 0)
    problems.push({
      path: 'training.warmupEpochs',
      message: `is ${written(warmupEpochs)}; it has to be less than the ${written(epochs)} epochs.`,
    });
  if (schedule.step) problems.push(...checkMilestones(schedule.step.milestones, epochs));
  if (schedule.constant?.enabled === false)
    problems.push({
      path: 'training.schedule.constant.enabled',
      message: 'is false; it can only be true. Choose another schedule instead.',
    });
  if (selection === 'BEST_VALIDATION' && data.validationFraction === 0) problems.push(nothingToSelectBy);
  if (training.optimizer.sgd?.nesterov && training.optimizer.sgd.momentum === 0)
    problems.push({ path: 'training.optimizer.sgd.nesterov', message: 'is true, which needs a momentum above 0.' });
  return [...problems, ...checkDecay(training), ...checkFall(training)];
}

const nothingToSelectBy: Problem = {
  path: 'training.selection',
  message: 'is BEST_VALIDATION, but data.validationFraction holds no image back.',
};

/** What a spec asks of its training and the dataset has too few images for. */
export function checkTrainingOn({ training: { batchSize, selection }, data }: RunSpec, { trainSize }: DatasetFacts): Problem[] {
  const problems: Problem[] = [];
  const used = trainSamplesUsed(data, trainSize);
  if (batchSize > used)
    problems.push({
      path: 'training.batchSize',
      message: `is ${written(batchSize)}; only ${written(used)} training images are used, not one full batch.`,
    });
  const held = validationSamples(data, trainSize);
  if (selection === 'BEST_VALIDATION' && held === 0 && data.validationFraction > 0) problems.push(nothingToSelectBy);
  return problems;
}

/** The smallest number that 32-bit floats hold in full: below it they run out of digits. */
const smallest = 2 ** -126;

/** The learning rate after the last milestone: one that 32 bits take for 0 would end training there, without a word. */
function checkFall({ schedule, learningRate }: TrainingSettings): Problem[] {
  if (!schedule.step) return [];
  const { factor, milestones } = schedule.step;
  const last = learningRate * factor ** milestones.length;
  if (last >= smallest) return [];
  const message = `is ${factor}; after ${milestones.length} milestones the learning rate would be ${last.toPrecision(1)}, which 32-bit floats take for 0.`;
  return [{ path: 'training.schedule.step.factor', message }];
}

/** AdamW multiplies weights by 1 − ηλ: below 0 they would change their sign at each step. */
function checkDecay({ optimizer, learningRate }: TrainingSettings): Problem[] {
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
      problems.push({ path: `${path}.${i}`, message: `is ${written(milestone)}; it has to be less than the ${written(epochs)} epochs.` });
    if (i > 0 && milestone <= (milestones[i - 1] ?? 0))
      problems.push({ path: `${path}.${i}`, message: 'has to be more than the one before.' });
  }
  return problems;
}
