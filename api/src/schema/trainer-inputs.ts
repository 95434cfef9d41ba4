import { engineNames } from '@studyhall/contract/fleet/engines.ts';
import { builder } from '../builder.ts';
import type { Bounds } from '../limits/inputs.ts';

export const DatasetViewInput = builder.inputType('DatasetViewInput', {
  fields: (t) => ({ name: t.string({ required: true }), shape: t.intList({ required: true }) }),
});

export const DatasetClassInput = builder.inputType('DatasetClassInput', {
  fields: (t) => ({ name: t.string({ required: true }), superclass: t.string({}) }),
});

export const DatasetInput = builder.inputType('DatasetInput', {
  fields: (t) => ({
    name: t.string({ required: true }),
    hash: t.string({ required: true }),
    views: t.field({ type: [DatasetViewInput], required: true }),
    classes: t.field({ type: [DatasetClassInput], required: true }),
    trainSize: t.int({ required: true, directives: { range: { min: 1, max: 2_147_483_647, unit: 'samples' } } }),
    testSize: t.int({ required: true, directives: { range: { min: 0, max: 2_147_483_647, unit: 'samples' } } }),
  }),
});

export const LeftOutDatasetInput = builder.inputType('LeftOutDatasetInput', {
  description: 'A dataset that the trainer found but cannot use.',
  fields: (t) => ({ name: t.string({ required: true }), reason: t.string({ required: true }) }),
});

export const TrainerBenchmarkInput = builder.inputType('TrainerBenchmarkInput', {
  description: 'What one engine reached on one network: batches of 32 × 32 pictures with 100 classes, forward, backward and update.',
  fields: (t) => ({
    engine: t.string({ required: true }),
    model: t.string({ required: true }),
    batchSize: t.int({ required: true, directives: { range: { min: 1, max: 1_000_000 } } }),
    stepMs: t.float({
      description: 'Median milliseconds of a training step.',
      required: true,
      directives: { range: { min: 1e-6, max: 1e9, unit: 'ms' } },
    }),
    compileMs: t.float({ required: true, directives: { range: { min: 0, max: 1e9, unit: 'ms' } } }),
    measuredAt: t.field({ type: 'DateTime', required: true }),
  }),
});

export const RegisterTrainerInput = builder.inputType('RegisterTrainerInput', {
  fields: (t) => ({
    key: t.string({ description: 'Stays the same over restarts of one daemon (kept in its home).', required: true }),
    home: t.string({
      description:
        'Where that home lies, in any words: a copy of it elsewhere, with the same key, is told by them and refused with CONFLICT.',
    }),
    name: t.string({ required: true }),
    host: t.string({ required: true }),
    engines: t.stringList({
      description: `Engines that work here, fastest first, of ${engineNames.map((name) => `\`${name}\``).join(', ')}. Others are not heeded.`,
      required: true,
    }),
    device: t.string({ required: true }),
    slots: t.int({ required: true, directives: { range: { min: 1, max: 64 } } }),
    version: t.string({ required: true }),
    contract: t.int({
      description: 'Which version of the contract it speaks. One that is too old is refused with OUTDATED.',
      required: true,
      defaultValue: 1,
      directives: { range: { min: 0, max: 1_000_000 } },
    }),
    ephemeral: t.boolean({
      description: 'It ends by itself, after so many runs or when there are none: from then on it is not listed.',
      required: true,
      defaultValue: false,
    }),
    datasets: t.field({
      type: [DatasetInput],
      description: 'What it holds. What cannot be offered is left out, and named in `leftOut`.',
      required: true,
      // Left out one by one, not refused together.
      extensions: { bounds: { own: true } satisfies Bounds },
    }),
    leftOut: t.field({
      type: [LeftOutDatasetInput],
      description: 'What it found but cannot use, to be named beside what it offers.',
      required: true,
      defaultValue: [],
      extensions: { bounds: { own: true } satisfies Bounds },
    }),
    benchmarks: t.field({
      description: 'Measured by `npm run trainer -- bench`, or by the trainer itself when it had nothing to do.',
      type: [TrainerBenchmarkInput],
      required: true,
      defaultValue: [],
    }),
  }),
});
