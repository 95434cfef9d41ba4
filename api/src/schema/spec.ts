import { builder, defaults } from '../builder.ts';

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
    splitSeed: t.int({
      description: 'Seed of the subset and of the validation split: the same split for every run that names it.',
      required: true,
      defaultValue: 0,
      directives: { range: { min: 0, max: 2147483647 } },
    }),
  }),
});

export const NetworkInput = builder.inputType('NetworkInput', {
  fields: (t) => ({
    model: t.string({
      description:
        'Architecture by name: `mlp-W-W…`, `cnn` or `cnn-W`, `resnet-6n+2` (8, 20, 32, …) or `resnet-6n+2xW` for W times the channels.',
      required: true,
    }),
    view: t.string({ description: `View (modality) of the dataset this network sees; absent: the dataset's first view.` }),
  }),
});

export const IndependentInput = builder.inputType('IndependentInput', {
  fields: (t) => ({ enabled: t.boolean({ description: 'Nothing to set: always true.', required: true, defaultValue: true }) }),
});

export const RunTeacherInput = builder.inputType('RunTeacherInput', {
  fields: (t) => ({
    runId: t.id({ description: 'The earlier run. This run waits (BLOCKED) until it has succeeded.', required: true }),
    network: t.int({ description: 'Which of its networks.', required: true, defaultValue: 0, directives: { range: { min: 0, max: 16 } } }),
  }),
});

export const GroupTeacherInput = builder.inputType('GroupTeacherInput', {
  fields: (t) => ({
    groupKey: t.string({ description: 'The groupKey of the earlier runs.', required: true }),
    network: t.int({
      description: 'Which of their networks.',
      required: true,
      defaultValue: 0,
      directives: { range: { min: 0, max: 16 } },
    }),
  }),
});

export const TrainedTeacherInput = builder.inputType('TrainedTeacherInput', {
  fields: (t) => ({
    network: t.field({ type: NetworkInput, description: `The teacher's architecture and view.`, required: true }),
    epochs: t.int({
      description: 'Epochs the teacher trains before the students begin; absent: as many as they.',
      directives: { range: { min: 1, max: 2000, unit: 'epochs' } },
    }),
  }),
});

export const TeacherInput = builder.inputType('TeacherInput', {
  description: 'Where the teacher comes from: exactly one of these.',
  isOneOf: true,
  fields: (t) => ({
    run: t.field({ type: RunTeacherInput, description: 'One network of one earlier run.' }),
    group: t.field({ type: GroupTeacherInput, description: `The run of that group which has the student's seed.` }),
    trained: t.field({ type: TrainedTeacherInput, description: 'A network trained first, within this run, with cross-entropy alone.' }),
  }),
});

export const DistillationInput = builder.inputType('DistillationInput', {
  description: 'L = (1 − a)·CE(y, p_s) + a·T²·KL(p_t^T ‖ p_s^T)',
  fields: (t) => ({
    teacher: t.field({ type: TeacherInput, description: 'The network that teaches.', required: true }),
    temperature: t.float({
      description: 'T: both outputs are softened by it. Higher shows more of the relations between classes.',
      required: true,
      defaultValue: 4,
      directives: { range: { above: 0, max: 100 } },
    }),
    weight: t.float({
      description: `a: weight of the teacher's term; the hard labels get 1 − a.`,
      required: true,
      defaultValue: 0.9,
      directives: { range: { min: 0, max: 1 } },
    }),
    scaleByTemperatureSquared: t.boolean({
      description: `Multiply the teacher's term by T², so that its gradient keeps its size when T changes.`,
      required: true,
      defaultValue: true,
    }),
  }),
});

export const MutualUpdate = builder.enumType('MutualUpdate', { values: ['ALTERNATING', 'SIMULTANEOUS'] as const });

export const MutualTarget = builder.enumType('MutualTarget', {
  values: {
    PAIRWISE_MEAN: { description: 'Strategy 1: the mean of KL(p_j ‖ p_i) over the peers.' },
    ENSEMBLE_PROBABILITIES: { description: 'Strategy 2: KL(mean of p_j ‖ p_i), DML_e in the paper.' },
    ENSEMBLE_LOGITS: { description: 'KL(softmax(mean of z_j) ‖ p_i): a geometric-mean teacher.' },
  } as const,
});

export const MutualInput = builder.inputType('MutualInput', {
  description: 'L_i = CE(y, p_i) + w·(mutual term over the peers j ≠ i), peers detached.',
  fields: (t) => ({
    update: t.field({
      type: MutualUpdate,
      description: `Alternating, as in the paper: net i's update is seen by the nets after it in the same step. Simultaneous: one forward pass, all updated.`,
      required: true,
      defaultValue: 'ALTERNATING',
    }),
    target: t.field({
      type: MutualTarget,
      description: 'What a network learns from when it has several peers.',
      required: true,
      defaultValue: 'PAIRWISE_MEAN',
    }),
    weight: t.float({
      description: 'w: weight of the mutual term.',
      required: true,
      defaultValue: 1,
      directives: { range: { min: 0, max: 100 } },
    }),
    temperature: t.float({
      description: 'T: temperature of the mutual term.',
      required: true,
      defaultValue: 1,
      directives: { range: { above: 0, max: 100 } },
    }),
    scaleByTemperatureSquared: t.boolean({ description: 'Multiply the mutual term by T².', required: true, defaultValue: true }),
  }),
});

export const MethodInput = builder.inputType('MethodInput', {
  description: 'How the cohort learns: exactly one of these.',
  isOneOf: true,
  fields: (t) => ({
    independent: t.field({ type: IndependentInput, description: 'Uncoupled networks, each with cross-entropy alone.' }),
    distillation: t.field({
      type: DistillationInput,
      description: `Hinton et al. 2014: students learn from a frozen teacher's softened output.`,
    }),
    mutual: t.field({ type: MutualInput, description: `Zhang et al. 2018: networks learn together, each from its peers' outputs.` }),
  }),
});

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
      directives: { range: { above: 0, max: 1 } },
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

export const OptimizerInput = builder.inputType('OptimizerInput', {
  description: 'The optimizer: exactly one of these.',
  isOneOf: true,
  fields: (t) => ({ sgd: t.field({ type: SgdInput }) }),
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
      description: 'Step size at the start, after warm-up.',
      required: true,
      defaultValue: 0.05,
      directives: { range: { above: 0, max: 100 } },
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
    augmentation: t.field({
      type: AugmentationInput,
      description: 'Random changes to the training images; the same for all networks of a step and for every method at one seed.',
      required: true,
      defaultValue: defaults({}),
    }),
    selection: t.field({
      type: Selection,
      description: `Which epoch's weights count as the result.`,
      required: true,
      defaultValue: 'LAST_EPOCH',
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
