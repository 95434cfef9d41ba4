import { builder } from '../builder.ts';
import type { Price } from '../limits/cost.ts';
import type { RunCounts as Counts } from '../loaders.ts';
import type { BoardPoint, BoardRow, Statistic as Stat } from '../sql/leaderboard.ts';
import { Dataset } from './dataset.ts';
import { Method, NetworkRole } from './enums.ts';
import { Experiment } from './experiment.ts';
import { RunCounts } from './run-parts.ts';

export const Statistic = builder.objectRef<Stat>('Statistic').implement({
  description: 'mean ± sd over distinct seeds; sd is the sample standard deviation, absent for n = 1.',
  fields: (t) => ({ mean: t.exposeFloat('mean'), sd: t.exposeFloat('sd', { nullable: true }), n: t.exposeInt('n') }),
});

export const LeaderboardPoint = builder.objectRef<BoardPoint>('LeaderboardPoint').implement({
  description: `One seed's figures: the latest run of that seed that succeeded.`,
  fields: (t) => ({
    runId: t.exposeID('runId'),
    seed: t.exposeInt('seed'),
    validationAccuracy: t.exposeFloat('validationAccuracy', { nullable: true }),
    testAccuracy: t.exposeFloat('testAccuracy', { nullable: true }),
    validationGain: t.exposeFloat('validationGain', { nullable: true }),
    testGain: t.exposeFloat('testGain', { nullable: true }),
    validationEntropy: t.exposeFloat('validationEntropy', { nullable: true }),
    testEntropy: t.exposeFloat('testEntropy', { nullable: true }),
  }),
});

export const LeaderboardRow = builder.objectRef<BoardRow>('LeaderboardRow').implement({
  description: `A group's network or its ensemble. Networks are never pooled: row = (group, network index) or the group's ensemble.`,
  fields: (t) => ({
    id: t.id({ description: 'Stable: group and member.', resolve: (row) => `row_${row.group_key}_${row.index ?? 'ensemble'}` }),
    groupKey: t.exposeString('group_key'),
    networkIndex: t.exposeInt('index', { nullable: true, description: 'Absent for the ensemble.' }),
    role: t.expose('role', { type: NetworkRole, nullable: true }),
    label: t.exposeString('label'),
    method: t.expose('method', { type: Method }),
    dataset: t.field({
      type: Dataset,
      resolve: async ({ dataset_id }, _args, { loaders }) => {
        const dataset = await loaders.dataset.load(dataset_id);
        if (!dataset) throw new Error(`Dataset ${dataset_id} of a run is missing.`);
        return dataset;
      },
    }),
    trainSamples: t.exposeInt('train_samples', { description: 'Training images used, after the validation split was taken.' }),
    labelledFraction: t.exposeFloat('labelled_fraction', { description: 'Part of these images whose labels are used.' }),
    withheldClasses: t.exposeIntList('withheld_classes', { description: 'Classes that its cohort was shown no image of, by index.' }),
    experiment: t.field({
      type: Experiment,
      nullable: true,
      description: 'That of its latest run which is in one.',
      resolve: ({ experiment_id }, _args, { loaders }) => (experiment_id ? loaders.experiment.load(experiment_id) : null),
    }),
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
    validationEntropy: t.expose('validation_entropy', {
      type: Statistic,
      nullable: true,
      description: 'Mean entropy of its outputs in nats; of an ensemble that of the averaged probabilities.',
    }),
    testEntropy: t.expose('test_entropy', { type: Statistic, nullable: true, description: 'Absent for ensembles.' }),
    ensembleValidationEntropy: t.expose('ensemble_validation_entropy', {
      type: Statistic,
      nullable: true,
      description: `Of the group's ensemble, for comparison.`,
    }),
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
