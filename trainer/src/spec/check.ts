import { ModelError, parseModel } from '../nn/models.ts';
import { checkMethod } from './check-method.ts';
import type { SpecProblem } from './problem.ts';
import { type NetworkSettings, type RunSpec, teachingOf } from './run-spec.ts';

const LARGEST_COHORT = 16;

const checkModel = ({ model }: NetworkSettings, path: string): SpecProblem[] => {
  try {
    parseModel(model);
    return [];
  } catch (error) {
    if (!(error instanceof ModelError)) throw error;
    return [{ path: `${path}.model`, message: error.message }];
  }
};

const checkNetworks = ({ networks, method }: RunSpec): SpecProblem[] => {
  const count = networks.length;
  if (count < 1 || count > LARGEST_COHORT)
    return [{ path: 'networks', message: `has ${count} networks; a cohort has 1 to ${LARGEST_COHORT}.` }];
  const problems = networks.flatMap((network, index) => checkModel(network, `networks.${index}`));
  if (method.mutual !== undefined && count < 2) {
    problems.push({ path: 'networks', message: 'has 1 network; mutual learning needs at least 2, to learn from each other.' });
  }
  return problems;
};

const checkTrainedTeachers = (spec: RunSpec): SpecProblem[] => {
  const found = teachingOf(spec);
  return (found?.teaching.teachers ?? []).flatMap(({ trained }, position) =>
    trained === undefined ? [] : checkModel(trained.network, `${found?.path}.teachers.${position}.trained.network`),
  );
};

const checkData = ({ data }: RunSpec): SpecProblem[] =>
  data.withheldClasses.flatMap((label, place, all) =>
    all.indexOf(label) < place ? [{ path: `data.withheldClasses.${place}`, message: `is ${label}, which stands there already.` }] : [],
  );

const checkMilestones = (milestones: readonly number[], epochs: number): SpecProblem[] => {
  const path = 'training.schedule.step.milestones';
  if (milestones.length === 0) return [{ path, message: 'is empty; name at least one epoch, or choose the constant schedule.' }];
  return milestones.flatMap((milestone, index) => [
    ...(milestone >= epochs
      ? [{ path: `${path}.${index}`, message: `is ${milestone}; it has to be less than the ${epochs} epochs.` }]
      : []),
    ...(milestone <= (milestones[index - 1] ?? 0) ? [{ path: `${path}.${index}`, message: 'has to be more than the one before.' }] : []),
  ]);
};

/** The smallest number that 32-bit floats hold in full: below it they run out of digits. */
const SMALLEST = 2 ** -126;

/** The learning rate after the last milestone: one that 32 bits take for 0 would end training there, without a word. */
const checkFall = ({ schedule, learningRate }: RunSpec['training']): SpecProblem[] => {
  if (schedule.step === undefined) return [];
  const { factor, milestones } = schedule.step;
  const last = learningRate * factor ** milestones.length;
  if (last >= SMALLEST) return [];
  const message = `is ${factor}; after ${milestones.length} milestones the learning rate would be ${last.toPrecision(1)}, which 32-bit floats take for 0.`;
  return [{ path: 'training.schedule.step.factor', message }];
};

const checkTraining = ({ training, data }: RunSpec): SpecProblem[] => {
  const { epochs, learningRate, warmupEpochs, schedule, optimizer, selection } = training;
  const problems: SpecProblem[] = schedule.step === undefined ? [] : checkMilestones(schedule.step.milestones, epochs);
  problems.push(...checkFall(training));
  const add = (path: string, message: string) => problems.push({ path: `training.${path}`, message });
  if (warmupEpochs > 0 && warmupEpochs >= epochs) add('warmupEpochs', `is ${warmupEpochs}; it has to be less than the ${epochs} epochs.`);
  if (schedule.constant?.enabled === false)
    add('schedule.constant.enabled', 'is false; it can only be true. Choose another schedule instead.');
  if (optimizer.sgd?.nesterov && optimizer.sgd.momentum === 0) add('optimizer.sgd.nesterov', 'is true, which needs a momentum above 0.');
  const decay = optimizer.adamw?.weightDecay ?? 0;
  // AdamW multiplies weights by 1 − ηλ: below 0 they would change their sign at each step.
  if (decay * learningRate > 1)
    add('optimizer.adamw.weightDecay', `is ${decay}; times the learning rate, ${learningRate}, it has to be at most 1.`);
  if (selection === 'BEST_VALIDATION' && data.validationFraction === 0) {
    add('selection', 'is BEST_VALIDATION, but data.validationFraction holds no image back.');
  }
  return problems;
};

/** What a spec says that contradicts itself. What contradicts the data is found when the data is read. */
export const checkSpec = (spec: RunSpec): SpecProblem[] => [
  ...checkNetworks(spec),
  ...checkMethod(spec),
  ...checkData(spec),
  ...checkTrainedTeachers(spec),
  ...checkTraining(spec),
];
