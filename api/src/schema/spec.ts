import { builder, defaults } from '../builder.ts';
import { MethodInput } from './spec-method.ts';
import { NetworkInput } from './spec-network.ts';
import { TrainingInput } from './spec-training.ts';

export const DataInput = builder.inputType('DataInput', {
  fields: (t) => ({
    trainSamples: t.int({
      description: 'Training images to use, as a class-balanced subset; absent: all of the training split.',
      directives: { range: { min: 2, unit: 'images' } },
    }),
    validationFraction: t.float({
      description: `Part of the training split held back for validation. Taken by \`splitSeed\`, never by the run's seed.`,
      required: true,
      defaultValue: 0.1,
      directives: { range: { min: 0, max: 0.5 } },
    }),
    labelledFraction: t.float({
      description:
        'Part of the training images whose labels are used, class-balanced; the others count 0 in every term with hard labels, and fully in all others.',
      required: true,
      defaultValue: 1,
      directives: { range: { min: 1e-6, max: 1 } },
    }),
    withheldClasses: t.intList({
      description:
        `Indices of classes whose images the cohort does not train on (Hinton's transfer set). Validation and test keep them, and a teacher trained ` +
        'within the run sees them. `trainSamples` counts before they are left out.',
      required: true,
      defaultValue: [],
      directives: { range: { min: 0, max: 100000 } },
    }),
    splitSeed: t.int({
      description: 'Seed of the validation split, the subset and its labelled part: the same split for every run that names it.',
      required: true,
      defaultValue: 0,
      directives: { range: { min: 0, max: 2147483647 } },
    }),
  }),
});

export const RunSpecInput = builder.inputType('RunSpecInput', {
  description: `A run's complete specification but for its seed. Every setting has its default here; the normalised spec stored with a run
holds all of them. Same spec, same seed, same engine: the same numbers.`,
  fields: (t) => ({
    dataset: t.string({
      description: 'Name of a dataset that a trainer has announced, e.g. `shapes-16` or `fashion-mnist`.',
      required: true,
    }),
    data: t.field({
      type: DataInput,
      description: 'Which part of the dataset is used and how it is split.',
      required: true,
      defaultValue: defaults({}),
    }),
    networks: t.field({
      type: [NetworkInput],
      description: 'The cohort, 1 to 16 networks. Network i starts from the same weights under every method at one seed.',
      required: true,
    }),
    method: t.field({ type: MethodInput, description: 'How the networks learn.', required: true }),
    training: t.field({
      type: TrainingInput,
      description: 'Optimizer, learning-rate schedule, length and augmentation.',
      required: true,
      defaultValue: defaults({}),
    }),
  }),
});
