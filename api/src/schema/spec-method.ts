import { builder } from '../builder.ts';
import { NetworkInput } from './spec-network.ts';

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
