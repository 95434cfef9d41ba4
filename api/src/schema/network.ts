import { builder } from '../builder.ts';
import type { Network as NetworkRow, Run } from '../generated/prisma/client.ts';
import { NetworkRole } from './enums.ts';

export const NetworkResult = builder.objectRef<NetworkRow & { selectedEpoch: number }>('NetworkResult').implement({
  fields: (t) => ({
    selectedEpoch: t.exposeInt('selectedEpoch'),
    trainAccuracy: t.exposeFloat('trainAccuracy', { nullable: true }),
    trainLoss: t.exposeFloat('trainLoss', { nullable: true }),
    validationAccuracy: t.exposeFloat('validationAccuracy', { nullable: true }),
    validationLoss: t.exposeFloat('validationLoss', { nullable: true }),
    testAccuracy: t.exposeFloat('testAccuracy', { nullable: true }),
    testLoss: t.exposeFloat('testLoss', { nullable: true }),
  }),
});

type Ensemble = Pick<
  Run,
  'ensembleValidationAccuracy' | 'ensembleValidationLoss' | 'ensembleTestAccuracy' | 'ensembleTestLoss' | 'disagreement'
>;

export const CohortResult = builder.objectRef<Ensemble>('CohortResult').implement({
  description: `The cohort's figures: its ensemble averages the members' probabilities.`,
  fields: (t) => ({
    ensembleValidationAccuracy: t.exposeFloat('ensembleValidationAccuracy', { nullable: true }),
    ensembleValidationLoss: t.exposeFloat('ensembleValidationLoss', { nullable: true }),
    ensembleTestAccuracy: t.exposeFloat('ensembleTestAccuracy', { nullable: true }),
    ensembleTestLoss: t.exposeFloat('ensembleTestLoss', { nullable: true }),
    disagreement: t.exposeFloat('disagreement', {
      nullable: true,
      description: `Mean over pairs of the part of samples on which two members' predictions differ.`,
    }),
  }),
});

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
    type: ['Model'],
    resolve: (query, _root, _args, { db }) => db.model.findMany({ ...query, orderBy: { name: 'asc' } }),
  }),
}));
