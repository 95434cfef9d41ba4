import { builder, defaults } from '../builder.ts';
import type { Bounds } from '../limits/inputs.ts';
import { QuestionInput, reference, referenceNetwork } from './analysis-inputs.ts';
import { EngineChoice } from './enums.ts';
import { noteBounds } from './note-bounds.ts';
import { RunSpecInput } from './spec.ts';

export const ExecutionInput = builder.inputType('ExecutionInput', {
  description: 'How a run is carried out. Never part of what makes two runs comparable.',
  fields: (t) => ({
    engine: t.field({ type: EngineChoice, description: 'The engine to train with.', required: true, defaultValue: 'AUTO' }),
    checkpointEvery: t.int({
      description: 'Epochs between two checkpoints. Fewer checkpoints: less to store, more to repeat after a crash.',
      required: true,
      defaultValue: 1,
      directives: { range: { min: 1, max: 100, unit: 'epochs' } },
    }),
    maxFailures: t.int({
      description: 'Errors and lost leases after which the run fails for good.',
      required: true,
      defaultValue: 3,
      directives: { range: { min: 1, max: 20 } },
    }),
  }),
});

export const ScheduleRunsInput = builder.inputType('ScheduleRunsInput', {
  fields: (t) => ({
    experimentId: t.id({ description: 'The experiment the runs join; absent: they stand alone.' }),
    spec: t.field({
      type: RunSpecInput,
      description: 'The specification all of them share.',
      required: true,
      // All that is wrong with it is told together.
      extensions: { bounds: { own: true } satisfies Bounds },
    }),
    seeds: t.intList({
      description: 'One run per seed; they form one group. Distinct, 1 to 50 of them.',
      required: true,
      directives: { range: { min: 0, max: 2147483647 } },
      extensions: { bounds: { own: true } satisfies Bounds },
    }),
    priority: t.int({
      description: 'Higher goes first. Equal priorities go by age.',
      required: true,
      defaultValue: 0,
      directives: { range: { min: -100, max: 100 } },
    }),
    execution: t.field({
      type: ExecutionInput,
      description: 'Engine, checkpoints, retries.',
      required: true,
      defaultValue: defaults({}),
      extensions: { bounds: { own: true } satisfies Bounds },
    }),
    questions: t.field({
      type: [QuestionInput],
      description:
        'Analyses that are part of the runs: each is asked of the students of a run as soon as it has succeeded. They change nothing of what makes two runs comparable. At most 12.',
      required: true,
      defaultValue: [],
      extensions: { bounds: { own: true } satisfies Bounds },
    }),
    reference: t.string(reference),
    referenceNetwork: t.int(referenceNetwork),
    note: t.string({ description: 'A note for those who read the result.', required: true, defaultValue: '', ...noteBounds }),
    tags: t.stringList({
      description: 'A few words each, to find the runs again: at most 20 of at most 40 characters. A comma parts two, a space does not.',
      required: true,
      defaultValue: [],
    }),
  }),
});
