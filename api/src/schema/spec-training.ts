import { builder, defaults } from '../builder.ts';

export const ConstantScheduleInput = builder.inputType('ConstantScheduleInput', {
  fields: (t) => ({ enabled: t.boolean({ description: 'Nothing to set: always true.', required: true, defaultValue: true }) }),
});

export const StepScheduleInput = builder.inputType('StepScheduleInput', {
  fields: (t) => ({
    milestones: t.intList({
      description: 'Epochs after which the learning rate is multiplied by `factor`, rising.',
      required: true,
      directives: { range: { min: 1, max: 2000, unit: 'epochs' } },
    }),
    factor: t.float({
      description: 'What it is multiplied by.',
      required: true,
      defaultValue: 0.1,
      directives: { range: { min: 1e-6, max: 1 } },
    }),
  }),
});

export const CosineScheduleInput = builder.inputType('CosineScheduleInput', {
  fields: (t) => ({
    finalFraction: t.float({
      description: `Learning rate at the end, as a part of the start's.`,
      required: true,
      defaultValue: 0,
      directives: { range: { min: 0, max: 1 } },
    }),
  }),
});

export const ScheduleInput = builder.inputType('ScheduleInput', {
  description: 'The learning-rate schedule: exactly one of these.',
  isOneOf: true,
  fields: (t) => ({
    constant: t.field({ type: ConstantScheduleInput }),
    step: t.field({ type: StepScheduleInput }),
    cosine: t.field({ type: CosineScheduleInput }),
  }),
});

export const SgdInput = builder.inputType('SgdInput', {
  fields: (t) => ({
    momentum: t.float({
      description: 'Part of the last update carried into the next.',
      required: true,
      defaultValue: 0.9,
      directives: { range: { min: 0, max: 0.9999 } },
    }),
    nesterov: t.boolean({ description: `Nesterov's variant of momentum.`, required: true, defaultValue: true }),
    weightDecay: t.float({
      description: 'Pull of every weight towards zero (added to the gradient).',
      required: true,
      defaultValue: 0.0005,
      directives: { range: { min: 0, max: 1 } },
    }),
  }),
});

const beta1 = {
  description: 'β₁: part of the running mean of gradients kept from step to step.',
  required: true,
  defaultValue: 0.9,
  directives: { range: { min: 0, max: 0.9999 } },
} as const;

const beta2 = {
  description: 'β₂: part of the running mean of squared gradients kept from step to step.',
  required: true,
  defaultValue: 0.999,
  directives: { range: { min: 0, max: 0.999999 } },
} as const;

const epsilon = {
  description: 'ε: added to the root of the mean square, so that nothing is divided by 0.',
  required: true,
  defaultValue: 1e-8,
  directives: { range: { min: 1e-16, max: 1 } },
} as const;

export const AdamInput = builder.inputType('AdamInput', {
  fields: (t) => ({
    beta1: t.float(beta1),
    beta2: t.float(beta2),
    epsilon: t.float(epsilon),
    weightDecay: t.float({
      description: 'Pull of every weight towards zero (added to the gradient, so that Adam scales it too).',
      required: true,
      defaultValue: 0,
      directives: { range: { min: 0, max: 1 } },
    }),
  }),
});

export const AdamwInput = builder.inputType('AdamwInput', {
  fields: (t) => ({
    beta1: t.float(beta1),
    beta2: t.float(beta2),
    epsilon: t.float(epsilon),
    weightDecay: t.float({
      description: `λ: every weight shrinks by learning rate · λ at each step, beside Adam's update and not scaled by it.`,
      required: true,
      defaultValue: 0.01,
      directives: { range: { min: 0, max: 1 } },
    }),
  }),
});

export const OptimizerInput = builder.inputType('OptimizerInput', {
  description: 'The optimizer: exactly one of these.',
  isOneOf: true,
  fields: (t) => ({
    sgd: t.field({ type: SgdInput, description: 'Stochastic gradient descent with momentum.' }),
    adam: t.field({ type: AdamInput, description: 'Kingma & Ba 2015. Wants a learning rate of about 0.001.' }),
    adamw: t.field({
      type: AdamwInput,
      description: 'Loshchilov & Hutter 2019: Adam with decoupled weight decay. Wants a learning rate of about 0.001.',
    }),
  }),
});

export const AugmentationInput = builder.inputType('AugmentationInput', {
  fields: (t) => ({
    flip: t.boolean({ description: 'Mirror an image left to right with probability ½.', required: true, defaultValue: false }),
    cropPadding: t.int({
      description: 'Pad by this many pixels (reflected) and cut out a random window of the original size.',
      required: true,
      defaultValue: 0,
      directives: { range: { min: 0, max: 16, unit: 'pixels' } },
    }),
  }),
});

export const Selection = builder.enumType('Selection', {
  values: {
    LAST_EPOCH: { description: `The last epoch's weights: what the papers report.` },
    BEST_VALIDATION: { description: 'The epoch with the best validation accuracy (first one, where equal).' },
  } as const,
});

export const Precision = builder.enumType('Precision', {
  description:
    'What training computes convolutions and matrix products in. All else is float32 always: weights, norms, losses, updates, teachers, validation and test.',
  values: {
    FLOAT32: { description: 'Single precision.' },
    MIXED_FLOAT16: {
      description:
        'Factors and results of products in float16, with dynamic loss scaling (Micikevicius et al. 2018). Meant for compiled-cuda; other engines round likewise, and gain no speed.',
    },
    MIXED_BFLOAT16: {
      description: `Factors and results of products rounded to bfloat16, which has float32's range, so that no loss is scaled. No engine is faster by it.`,
    },
  } as const,
});

export const TrainingInput = builder.inputType('TrainingInput', {
  fields: (t) => ({
    epochs: t.int({
      description: 'Passes over the training images.',
      required: true,
      defaultValue: 20,
      directives: { range: { min: 1, max: 2000, unit: 'epochs' } },
    }),
    batchSize: t.int({
      description: `Images per step. An epoch's incomplete last batch is dropped.`,
      required: true,
      defaultValue: 64,
      directives: { range: { min: 1, max: 4096, unit: 'images' } },
    }),
    learningRate: t.float({
      description: 'Step size at the start, after warm-up: about 0.05 for SGD, 0.001 for Adam and AdamW.',
      required: true,
      defaultValue: 0.05,
      directives: { range: { min: 1e-8, max: 100 } },
    }),
    schedule: t.field({
      type: ScheduleInput,
      description: 'How the learning rate falls.',
      required: true,
      defaultValue: defaults({ cosine: {} }),
    }),
    warmupEpochs: t.int({
      description: 'Epochs over which the learning rate climbs linearly from 0 to its start.',
      required: true,
      defaultValue: 0,
      directives: { range: { min: 0, max: 2000, unit: 'epochs' } },
    }),
    optimizer: t.field({
      type: OptimizerInput,
      description: 'How gradients become updates.',
      required: true,
      defaultValue: defaults({ sgd: {} }),
    }),
    gradientClipping: t.float({
      description: `Largest norm of a network's whole gradient; a longer one is shortened to it. Absent: any length.`,
      directives: { range: { min: 1e-6, max: 1e6 } },
    }),
    labelSmoothing: t.float({
      description: 'ε: the hard label gets 1 − ε, and ε is spread evenly over all classes. Validation and test losses stay plain.',
      required: true,
      defaultValue: 0,
      directives: { range: { min: 0, max: 0.9 } },
    }),
    augmentation: t.field({
      type: AugmentationInput,
      description: 'Random changes to the training images; the same for all networks of a step and for every method at one seed.',
      required: true,
      defaultValue: defaults({}),
    }),
    precision: t.field({
      type: Precision,
      description: 'What convolutions and matrix products are computed in while training. Runs that differ in it are of different groups.',
      required: true,
      defaultValue: 'FLOAT32',
    }),
    selection: t.field({
      type: Selection,
      description: `Which epoch's weights count as the result.`,
      required: true,
      defaultValue: 'LAST_EPOCH',
    }),
  }),
});
