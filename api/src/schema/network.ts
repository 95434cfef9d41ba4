import { fieldFigures } from '@studyhall/contract/measures/field-figures.ts';
import type { Figure } from '@studyhall/contract/measures/measure.ts';
import { builder } from '../builder.ts';
import type { Context } from '../context.ts';
import type { Network as NetworkRow, Run } from '../generated/prisma/client.ts';
import type { Price } from '../limits/cost.ts';
import { readCalibration, readConfusion, readSoftLabels } from '../logits/network-figures.ts';
import { finalFigure, finalFigures, type Subject } from '../metrics/final-figures.ts';
import { cohort } from '../sql/measurements.ts';
import { Calibration } from './calibration.ts';
import { NetworkRole } from './enums.ts';
import { Measurement, measurementArgs, measurementPrice, Split } from './measure.ts';

const asSubject = (network: NetworkRow): Subject => ({ runId: network.runId, network: network.index, columns: network });
const asCohort = (run: Run): Subject => ({ runId: run.id, network: cohort, columns: run });

/** Resolves a final figure that has a field of its own. */
const ofNetwork =
  (figure: Figure) =>
  (network: NetworkRow, _args: object, { loaders }: Context) =>
    finalFigure(asSubject(network), figure, loaders.finalMeasurements);
const ofCohort =
  (figure: Figure) =>
  (run: Run, _args: object, { loaders }: Context) =>
    finalFigure(asCohort(run), figure, loaders.finalMeasurements);

const named = fieldFigures.network;

export const NetworkResult = builder.objectRef<NetworkRow & { selectedEpoch: number }>('NetworkResult').implement({
  fields: (t) => ({
    selectedEpoch: t.exposeInt('selectedEpoch'),
    trainAccuracy: t.exposeFloat('trainAccuracy', { nullable: true }),
    trainLoss: t.exposeFloat('trainLoss', { nullable: true }),
    validationAccuracy: t.exposeFloat('validationAccuracy', { nullable: true }),
    validationLoss: t.exposeFloat('validationLoss', { nullable: true }),
    testAccuracy: t.exposeFloat('testAccuracy', { nullable: true }),
    testLoss: t.exposeFloat('testLoss', { nullable: true }),
    validationEntropy: t.float({
      nullable: true,
      description: 'Mean entropy of its outputs over the validation split, in nats.',
      resolve: ofNetwork(named.validationEntropy),
    }),
    testEntropy: t.float({ nullable: true, description: 'The same over the test split.', resolve: ofNetwork(named.testEntropy) }),
    withheldAccuracy: t.float({
      nullable: true,
      description: `Test accuracy on the samples of the classes withheld from the cohort's training, as it is. Absent where none were withheld.`,
      resolve: ofNetwork(named.withheldAccuracy),
    }),
    biasCorrection: t.float({
      nullable: true,
      description:
        'What is added to the logits of the withheld classes (Hinton et al. 2014, section 3): the number that maximises validation accuracy, of equals that nearest to 0. Absent for a teacher, which has seen them.',
      resolve: ofNetwork(named.biasCorrection),
    }),
    correctedAccuracy: t.float({
      nullable: true,
      description: 'Test accuracy with that correction.',
      resolve: ofNetwork(named.correctedAccuracy),
    }),
    correctedWithheldAccuracy: t.float({
      nullable: true,
      description: 'Test accuracy on the samples of the withheld classes with that correction.',
      resolve: ofNetwork(named.correctedWithheldAccuracy),
    }),
  }),
});

export const CohortResult = builder.objectRef<Run>('CohortResult').implement({
  description: `The cohort's figures: its ensemble averages the members' probabilities.`,
  fields: (t) => ({
    ensembleValidationAccuracy: t.exposeFloat('ensembleValidationAccuracy', { nullable: true }),
    ensembleValidationLoss: t.exposeFloat('ensembleValidationLoss', { nullable: true }),
    ensembleValidationEntropy: t.float({
      nullable: true,
      description: 'Mean entropy of the averaged probabilities over the validation split, in nats.',
      resolve: ofCohort(fieldFigures.cohort.ensembleValidationEntropy),
    }),
    ensembleTestAccuracy: t.exposeFloat('ensembleTestAccuracy', { nullable: true }),
    ensembleTestLoss: t.exposeFloat('ensembleTestLoss', { nullable: true }),
    disagreement: t.float({
      nullable: true,
      description: `Mean over pairs of the part of samples on which two members' predictions differ.`,
      resolve: ofCohort(fieldFigures.cohort.disagreement),
    }),
    measurements: t.field({
      type: [Measurement],
      description: 'Its final figures, accuracies and losses of the ensemble and what was found of pairs among them.',
      extensions: measurementPrice,
      args: measurementArgs,
      resolve: (run, args, { loaders }) => finalFigures(asCohort(run), args, loaders.finalMeasurements),
    }),
  }),
});

const storedOn =
  'VALIDATION is for choosing, TEST for a report alone; absent until the run has succeeded, or without a validation split. ' +
  'Such figures are given of at most 40 networks in one operation.';

export const Network = builder.prismaNode('Network', {
  description: `A member of a run's cohort.`,
  id: { field: 'id' },
  fields: (t) => ({
    index: t.exposeInt('index', { description: 'Place in the cohort, from 0; a teacher trained within the run comes after its students.' }),
    role: t.expose('role', { type: NetworkRole }),
    model: t.relation('model'),
    view: t.exposeString('view'),
    parameters: t.exposeInt('parameters', { nullable: true, description: 'Trainable numbers; known once the run has started.' }),
    flops: t.exposeFloat('flops', { nullable: true, description: 'Multiply-adds of one forward pass on one sample.' }),
    initHash: t.exposeString('initHash', { nullable: true, description: 'SHA-256 of its initial weights: equal for paired runs.' }),
    result: t.field({
      type: NetworkResult,
      nullable: true,
      description: `Final figures, for the epoch that the spec's rule selected.`,
      resolve: (network) => (network.selectedEpoch === null ? null : { ...network, selectedEpoch: network.selectedEpoch }),
    }),
    measurements: t.field({
      type: [Measurement],
      description: 'Its final figures, accuracies and losses among them. Empty until the run has succeeded.',
      extensions: measurementPrice,
      args: measurementArgs,
      resolve: (network, args, { loaders }) => finalFigures(asSubject(network), args, loaders.finalMeasurements),
    }),
    softLabels: t.field({
      type: t.listRef(t.listRef('Float')),
      nullable: true,
      description:
        'Mean softened output softmax(z / T) per true class on the validation split: row = true class, column = class it is taken for. ' +
        'Absent until the run has succeeded, or without a validation split; the row of a class that has no validation sample is empty. ' +
        'At most 40 networks in one operation.',
      // Some megabytes are read, and a number given for each pair of classes.
      extensions: { price: { weight: 500, length: 500 } satisfies Price },
      args: { temperature: t.arg.float({ required: true, defaultValue: 4 }) },
      resolve: ({ runId, index }, { temperature }, context) => readSoftLabels(context, { runId, index }, temperature),
    }),
    calibration: t.field({
      type: Calibration,
      nullable: true,
      description: `Of its stored logits. ${storedOn}`,
      extensions: { price: { weight: 500 } satisfies Price },
      args: { split: t.arg({ type: Split, required: true, defaultValue: 'VALIDATION' }) },
      resolve: ({ runId, index }, { split }, context) => readCalibration(context, { runId, index }, split),
    }),
    confusion: t.field({
      type: t.listRef(t.listRef('Int')),
      nullable: true,
      description: `Samples of each true class (row) that it takes for a class (column). ${storedOn}`,
      extensions: { price: { weight: 500, length: 500 } satisfies Price },
      args: { split: t.arg({ type: Split, required: true, defaultValue: 'VALIDATION' }) },
      resolve: ({ runId, index }, { split }, context) => readConfusion(context, { runId, index }, split),
    }),
  }),
});

export const Model = builder.prismaNode('Model', {
  description: 'An architecture by name.',
  id: { field: 'id' },
  fields: (t) => ({
    name: t.exposeString('name'),
    family: t.exposeString('family', { description: '`mlp`, `cnn`, `resnet` …' }),
    runCount: t.int({
      description: 'Runs with a network of this model.',
      resolve: ({ id }, _args, { loaders }) => loaders.modelRuns.load(id),
    }),
  }),
});

builder.queryFields((t) => ({
  models: t.prismaField({
    authScopes: { viewer: true },
    type: ['Model'],
    description: 'All that runs have had, by name; at most 1,000.',
    resolve: (query, _root, _args, { db }) => db.model.findMany({ ...query, orderBy: { name: 'asc' }, take: 1000 }),
  }),
}));
