import { builder } from '../builder.ts';
import { FeatureMatchingInput } from './spec-features.ts';
import { TeacherInput, TeacherTarget, TeachingInput } from './spec-teacher.ts';

export const IndependentInput = builder.inputType('IndependentInput', {
  fields: (t) => ({ enabled: t.boolean({ description: 'Nothing to set: always true.', required: true, defaultValue: true }) }),
});

export const DistillationInput = builder.inputType('DistillationInput', {
  description: 'L = (1 − a)·CE(y, p_s) + a·T²·KL(p_t^T ‖ p_s^T); of several teachers, the mean of their terms.',
  fields: (t) => ({
    teachers: t.field({ type: [TeacherInput], description: 'The networks that teach, 1 to 8.', required: true }),
    temperature: t.float({
      description: 'T: both outputs are softened by it. Higher shows more of the relations between classes.',
      required: true,
      defaultValue: 4,
      directives: { range: { min: 0.01, max: 100 } },
    }),
    weight: t.float({
      description: `a: weight of the teachers' term; the hard labels get 1 − a. At 1 no label is used.`,
      required: true,
      defaultValue: 0.9,
      directives: { range: { min: 0, max: 1 } },
    }),
    scaleByTemperatureSquared: t.boolean({
      description: `Multiply the teachers' term by T², so that its gradient keeps its size when T changes.`,
      required: true,
      defaultValue: true,
    }),
    target: t.field({
      type: TeacherTarget,
      description: 'What is learned of a teacher. With HARD, temperature and T² play no part and stay at their defaults.',
      required: true,
      defaultValue: 'SOFT',
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
  description: 'L_i = c·CE(y, p_i) + w·(mutual term over the peers j ≠ i), peers detached.',
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
      directives: { range: { min: 0.01, max: 100 } },
    }),
    scaleByTemperatureSquared: t.boolean({ description: 'Multiply the mutual term by T².', required: true, defaultValue: true }),
    labelWeight: t.float({
      description: 'c: weight of the hard labels. At 0 no label is used, and somebody has to teach.',
      required: true,
      defaultValue: 1,
      directives: { range: { min: 0, max: 100 } },
    }),
    teaching: t.field({ type: TeachingInput, description: 'Teachers from whom every network learns beside its peers; absent: none.' }),
    features: t.field({
      type: FeatureMatchingInput,
      description: `Draw the networks' activations together, too; absent: only their outputs.`,
    }),
  }),
});

export const ConfidencePenaltyInput = builder.inputType('ConfidencePenaltyInput', {
  description: 'L = CE(y, p) − β·mean H(p), H in nats.',
  fields: (t) => ({
    weight: t.float({
      description: 'β: how much a confident output costs. The paper: 1 on MNIST, 0.1 on CIFAR-10.',
      required: true,
      defaultValue: 0.1,
      directives: { range: { min: 0, max: 10 } },
    }),
  }),
});

export const MethodInput = builder.inputType('MethodInput', {
  description: 'How the cohort learns: exactly one of these.',
  isOneOf: true,
  fields: (t) => ({
    independent: t.field({ type: IndependentInput, description: 'Uncoupled networks, each with cross-entropy alone.' }),
    distillation: t.field({
      type: DistillationInput,
      description: `Hinton et al. 2014: students learn from the outputs of frozen teachers.`,
    }),
    mutual: t.field({ type: MutualInput, description: `Zhang et al. 2018: networks learn together, each from its peers' outputs.` }),
    confidencePenalty: t.field({
      type: ConfidencePenaltyInput,
      description: 'Pereyra et al. 2017: uncoupled networks, each paid for uncertain outputs.',
    }),
  }),
});
