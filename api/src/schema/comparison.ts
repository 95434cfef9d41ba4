import { builder } from '../builder.ts';
import type { Price } from '../limits/cost.ts';
import { type Averaged, averageNetworks, mostMembers } from '../logits/average.ts';
import { type Compared, compareNetworks } from '../logits/compare.ts';
import { Calibration } from './calibration.ts';
import { Split } from './measure.ts';
import { Network } from './network.ts';

const NetworkComparison = builder.objectRef<Compared>('NetworkComparison').implement({
  description: 'How alike the outputs of two networks are on the same samples; a student’s fidelity to its teacher (Stanton et al. 2021).',
  fields: (t) => ({
    a: t.field({ type: Network, resolve: ({ a }) => a }),
    b: t.field({ type: Network, resolve: ({ b }) => b }),
    split: t.field({ type: Split, resolve: ({ split }) => split }),
    samples: t.exposeInt('samples'),
    agreement: t.exposeFloat('agreement', { description: 'Part of the samples for which both name the same class.' }),
    meanKl: t.exposeFloat('meanKl', { description: 'Mean KL(a ‖ b) at T = 1, in nats: a is the teacher.' }),
    meanKlReversed: t.exposeFloat('meanKlReversed', { description: 'Mean KL(b ‖ a) at T = 1, in nats.' }),
    confusionDifference: t.field({
      type: t.listRef(t.listRef('Int')),
      description: 'Samples of each true class (row) that a takes for a class (column), less those that b does.',
      extensions: { price: { length: 500 } satisfies Price },
      resolve: ({ confusionDifference }) => confusionDifference,
    }),
  }),
});

const EnsembleMember = builder.objectRef<Averaged['members'][number]>('EnsembleMember').implement({
  fields: (t) => ({
    network: t.field({ type: Network, resolve: ({ network }) => network }),
    accuracy: t.exposeFloat('accuracy'),
  }),
});

const Ensemble = builder.objectRef<Averaged>('Ensemble').implement({
  description: 'What the mean of some networks’ probabilities comes to.',
  fields: (t) => ({
    split: t.field({ type: Split, resolve: ({ split }) => split }),
    samples: t.int({ resolve: ({ calibration }) => calibration.samples }),
    accuracy: t.float({ resolve: ({ calibration }) => calibration.accuracy }),
    calibration: t.field({ type: Calibration, resolve: ({ calibration }) => calibration }),
    members: t.field({
      type: [EnsembleMember],
      description: 'Each by itself, in the order in which they were named.',
      extensions: { price: { length: mostMembers } satisfies Price },
      resolve: ({ members }) => members,
    }),
  }),
});

const splitOf =
  'VALIDATION is for choosing; TEST is a report: whatever was chosen by it has been trained on it. Their networks may be of any runs on the same ' +
  'dataset, by its hash; on VALIDATION also of the same `validationFraction` and `splitSeed`; of several views only if they were trained together.';

builder.queryFields((t) => ({
  comparison: t.field({
    authScopes: { viewer: true },
    type: NetworkComparison,
    description: `Holds the stored logits of two networks against each other. ${splitOf}`,
    // Two files of some megabytes are read.
    extensions: { price: { weight: 1000 } satisfies Price },
    args: {
      a: t.arg.id({ required: true }),
      b: t.arg.id({ required: true }),
      split: t.arg({ type: Split, required: true, defaultValue: 'VALIDATION' }),
    },
    resolve: (_root, { a, b, split }, context) => compareNetworks(context, a, b, split),
  }),
  ensemble: t.field({
    authScopes: { viewer: true },
    type: Ensemble,
    description: `Averages the probabilities of 1 to ${mostMembers} networks, by their stored logits. ${splitOf}`,
    extensions: { price: { weight: 8000 } satisfies Price },
    args: {
      networks: t.arg.idList({ required: true }),
      split: t.arg({ type: Split, required: true, defaultValue: 'VALIDATION' }),
    },
    resolve: (_root, { networks, split }, context) => averageNetworks(context, networks, split),
  }),
}));
