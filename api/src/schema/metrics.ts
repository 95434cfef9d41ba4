import { fieldFigures } from '@studyhall/contract/measures/field-figures.ts';
import { builder } from '../builder.ts';
import type { Price } from '../limits/cost.ts';
import { epochFigure, epochFigures, epochSeries, type MeasuredSeries as Series } from '../metrics/epoch-figures.ts';
import type { CohortPageRow, EpochPageRow, MetricsPage as MetricsPageRows } from '../metrics/page.ts';
import { Measure, Measurement, measurementArgs, Split } from './measure.ts';

const measured = { price: { length: 3 } satisfies Price };

export const EpochMetric = builder.objectRef<EpochPageRow>('EpochMetric').implement({
  description: 'Accuracies are fractions, losses and entropies nats, unless said otherwise.',
  fields: (t) => ({
    network: t.exposeInt('network'),
    epoch: t.exposeInt('epoch', { description: 'From 1.' }),
    trainLoss: t.exposeFloat('trainLoss'),
    trainTerms: t.expose('trainTerms', {
      type: 'JSON',
      description: `The loss's named terms, weighted as they enter it: {\`crossEntropy\`: 1.2, \`mutual\`: 0.3}.`,
    }),
    trainAccuracy: t.exposeFloat('trainAccuracy', {
      description: 'Over all images it trains on, also those whose label the loss does not use; each as the network was at its step.',
    }),
    trainEntropy: t.float({ nullable: true, resolve: (row) => epochFigure(row, fieldFigures.epoch.trainEntropy) }),
    validationLoss: t.exposeFloat('validationLoss', { nullable: true }),
    validationAccuracy: t.exposeFloat('validationAccuracy', { nullable: true }),
    validationEntropy: t.float({ nullable: true, resolve: (row) => epochFigure(row, fieldFigures.epoch.validationEntropy) }),
    learningRate: t.exposeFloat('learningRate'),
    imagesPerSecond: t.exposeFloat('imagesPerSecond'),
    seconds: t.exposeFloat('seconds', { description: 'Wall time of the epoch, evaluation included.' }),
    measurements: t.field({
      type: [Measurement],
      description: 'What else was measured.',
      extensions: measured,
      args: measurementArgs,
      resolve: epochFigures,
    }),
  }),
});

export const CohortMetric = builder.objectRef<CohortPageRow>('CohortMetric').implement({
  fields: (t) => ({
    epoch: t.exposeInt('epoch'),
    ensembleValidationLoss: t.exposeFloat('ensembleValidationLoss', { nullable: true }),
    ensembleValidationAccuracy: t.exposeFloat('ensembleValidationAccuracy', { nullable: true }),
    disagreement: t.float({ nullable: true, resolve: (row) => epochFigure(row, fieldFigures.cohortEpoch.disagreement) }),
    measurements: t.field({
      type: [Measurement],
      description: 'What else was measured of the cohort and its pairs.',
      extensions: measured,
      args: measurementArgs,
      resolve: epochFigures,
    }),
  }),
});

export const MeasuredSeries = builder.objectRef<Series>('MeasuredSeries').implement({
  description: 'A measure of one network, of the cohort or of a pair over the epochs of a page.',
  fields: (t) => ({
    measure: t.field({ type: Measure, resolve: ({ measure }) => measure }),
    split: t.field({ type: Split, resolve: ({ split }) => split }),
    network: t.exposeInt('network', { nullable: true, description: 'Absent for the cohort, its ensemble and its pairs.' }),
    pair: t.intList({ nullable: true, resolve: ({ pair }) => pair && [...pair] }),
    epochs: t.exposeIntList('epochs'),
    values: t.exposeFloatList('values', { description: 'One for each epoch.' }),
  }),
});

export const MetricsPage = builder.objectRef<MetricsPageRows>('MetricsPage').implement({
  description: 'Rows written after a cursor. Apply `removedAfterEpoch` first, then the rows; go on from `revision`.',
  fields: (t) => ({
    revision: t.exposeInt('revision', { description: 'Up to which the page reaches.' }),
    more: t.exposeBoolean('more', { description: 'There are further rows after that revision.' }),
    removedAfterEpoch: t.exposeInt('removedAfterEpoch', {
      nullable: true,
      description: 'Rows of later epochs were removed (a run resumed from an older checkpoint).',
    }),
    epochs: t.expose('epochs', { type: [EpochMetric], extensions: { price: { length: 50 } satisfies Price } }),
    series: t.field({
      type: [MeasuredSeries],
      description: "What else was measured at these rows' epochs, as columns: shorter than `measurements` of each row.",
      extensions: { price: { length: 10 } satisfies Price },
      resolve: epochSeries,
    }),
    cohort: t.expose('cohort', { type: [CohortMetric], extensions: { price: { length: 25 } satisfies Price } }),
  }),
});
