import { fieldFigures } from '@studyhall/contract/measures/field-figures.ts';
import { builder } from '../builder.ts';
import { type BoardRow, testGain, validationGain } from '../leaderboard/board.ts';
import { pointFigure } from '../leaderboard/row-figures.ts';
import type { Price } from '../limits/cost.ts';
import type { RunCounts as Counts } from '../loaders.ts';
import type { BoardPoint } from '../sql/leaderboard.ts';
import { Dataset } from './dataset.ts';
import { Method, NetworkRole } from './enums.ts';
import { Experiment } from './experiment.ts';
import { overSeeds, rowMeasurements } from './row-figures.ts';
import { RunCounts } from './run-parts.ts';
import { Statistic } from './statistic.ts';

const { validationEntropy, testEntropy } = fieldFigures.network;

export const LeaderboardPoint = builder.objectRef<BoardPoint>('LeaderboardPoint').implement({
  description: `One seed's figures: the latest run of that seed that succeeded.`,
  fields: (t) => ({
    runId: t.exposeID('runId'),
    seed: t.exposeInt('seed'),
    validationAccuracy: t.exposeFloat('validationAccuracy', { nullable: true }),
    testAccuracy: t.exposeFloat('testAccuracy', { nullable: true }),
    validationGain: t.float({ nullable: true, resolve: validationGain }),
    testGain: t.float({ nullable: true, resolve: testGain }),
    validationEntropy: t.float({
      nullable: true,
      resolve: (point, _args, { loaders }) => pointFigure(point, validationEntropy, loaders.finalMeasurements),
    }),
    testEntropy: t.float({
      nullable: true,
      resolve: (point, _args, { loaders }) => pointFigure(point, testEntropy, loaders.finalMeasurements),
    }),
  }),
});

export const idOfRow = ({ group_key, index }: Pick<BoardRow, 'group_key' | 'index'>) => `row_${group_key}_${index ?? 'ensemble'}`;

export const LeaderboardRow = builder.objectRef<BoardRow>('LeaderboardRow').implement({
  description: `A group's network or its ensemble. Networks are never pooled: row = (group, network index) or the group's ensemble.`,
  fields: (t) => ({
    id: t.id({ description: 'Stable: group and member.', resolve: (row) => idOfRow(row) }),
    groupKey: t.exposeString('group_key'),
    networkIndex: t.exposeInt('index', { nullable: true, description: 'Absent for the ensemble.' }),
    role: t.expose('role', { type: NetworkRole, nullable: true }),
    label: t.exposeString('label'),
    method: t.expose('method', { type: Method }),
    dataset: t.expose('dataset', { type: Dataset }),
    trainSamples: t.exposeInt('train_samples', { description: 'Training images used, after the validation split was taken.' }),
    labelledFraction: t.exposeFloat('labelled_fraction', { description: 'Part of these images whose labels are used.' }),
    withheldClasses: t.exposeIntList('withheld_classes', { description: 'Classes that its cohort was shown no image of, by index.' }),
    experiment: t.expose('experiment', { type: Experiment, nullable: true, description: 'That of its latest run which is in one.' }),
    models: t.exposeStringList('models', { description: 'Models of the members: one for a network, all of them for an ensemble.' }),
    parameters: t.exposeFloat('parameters', {
      nullable: true,
      description: 'Known once a run has started; for an ensemble of all its members.',
    }),
    validationAccuracy: t.expose('validation', {
      type: Statistic,
      nullable: true,
      description: 'Over seeds; absent until one run has succeeded.',
    }),
    testAccuracy: t.expose('test', { type: Statistic, nullable: true }),
    trainAccuracy: t.expose('train', { type: Statistic, nullable: true }),
    ensembleValidationAccuracy: t.expose('ensemble_validation', {
      type: Statistic,
      nullable: true,
      description: `The group's ensemble, for comparison; absent for cohorts of one.`,
    }),
    ensembleTestAccuracy: t.expose('ensemble_test', { type: Statistic, nullable: true }),
    validationGain: t.expose('validation_gain', {
      type: Statistic,
      nullable: true,
      description: 'Accuracy minus that of its independent twin (same seed, same initial weights, same batches), over the seeds both have.',
    }),
    testGain: t.expose('test_gain', { type: Statistic, nullable: true }),
    validationEntropy: t.field({
      type: Statistic,
      nullable: true,
      description: 'Mean entropy of its outputs in nats; of an ensemble that of the averaged probabilities.',
      resolve: overSeeds(validationEntropy),
    }),
    testEntropy: t.field({
      type: Statistic,
      nullable: true,
      description: 'The same on the test split; of an ensemble absent where its runs are older than that figure.',
      resolve: overSeeds(testEntropy),
    }),
    ensembleValidationEntropy: t.field({
      type: Statistic,
      nullable: true,
      description: `Of the group's ensemble, for comparison.`,
      resolve: overSeeds(validationEntropy, 'ensemble_points'),
    }),
    measurements: t.field(rowMeasurements),
    n: t.exposeInt('n', { description: 'Distinct seeds that have succeeded.' }),
    seeds: t.exposeIntList('seeds'),
    points: t.expose('points', { type: [LeaderboardPoint], description: 'One per distinct seed that has succeeded, by seed.' }),
    repeats: t.exposeInt('repeats', { description: 'Runs that repeat a seed: a check of reproducibility, no evidence.' }),
    counts: t.field({ type: RunCounts, resolve: ({ counts }) => counts as Counts }),
    runs: t.prismaField({
      type: ['Run'],
      description: 'All of its runs, by seed.',
      extensions: { price: { weight: 20, length: 50 } satisfies Price },
      resolve: (query, { group_key }, _args, { loaders }, info) => loaders.runsOfGroup(info.fieldNodes, query).load(group_key),
    }),
  }),
});
