import { builder } from '../builder.ts';
import { NetworkInput } from './spec-network.ts';

export const RunTeacherInput = builder.inputType('RunTeacherInput', {
  fields: (t) => ({
    runId: t.id({ description: 'The earlier run. This run waits (BLOCKED) until it has succeeded.', required: true }),
    network: t.int({ description: 'Which of its networks.', required: true, defaultValue: 0, directives: { range: { min: 0, max: 23 } } }),
  }),
});

export const GroupTeacherInput = builder.inputType('GroupTeacherInput', {
  fields: (t) => ({
    groupKey: t.string({ description: 'The groupKey of the earlier runs.', required: true }),
    network: t.int({
      description: 'Which of their networks.',
      required: true,
      defaultValue: 0,
      directives: { range: { min: 0, max: 23 } },
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

export const TeacherTarget = builder.enumType('TeacherTarget', {
  values: {
    SOFT: { description: `The teacher's whole softened output: T²·KL(p_t^T ‖ p_s^T).` },
    HARD: { description: `Its most likely class alone, as if that were the label: CE(argmax p_t, p_s), as in Thoker & Gall 2019.` },
  } as const,
});

export const TeachingInput = builder.inputType('TeachingInput', {
  description: `The teachers' term beside the mutual one: v·T²·KL(p_t^T ‖ p_i^T); of several teachers, the mean of their terms.`,
  fields: (t) => ({
    teachers: t.field({ type: [TeacherInput], description: 'The networks that teach, 1 to 8.', required: true }),
    temperature: t.float({
      description: `T of the teachers' term.`,
      required: true,
      defaultValue: 4,
      directives: { range: { min: 0.01, max: 100 } },
    }),
    weight: t.float({
      description: `v: weight of the teachers' term.`,
      required: true,
      defaultValue: 1,
      directives: { range: { min: 1e-6, max: 100 } },
    }),
    scaleByTemperatureSquared: t.boolean({ description: `Multiply the teachers' term by T².`, required: true, defaultValue: true }),
    target: t.field({
      type: TeacherTarget,
      description: 'What is learned of a teacher. With HARD, temperature and T² play no part and stay at their defaults.',
      required: true,
      defaultValue: 'SOFT',
    }),
  }),
});
