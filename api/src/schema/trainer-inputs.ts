import { builder } from '../builder.ts';

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
    trainSize: t.int({ required: true }),
    testSize: t.int({ required: true }),
  }),
});

export const TrainerBenchmarkInput = builder.inputType('TrainerBenchmarkInput', {
  description: 'What one engine reached on one network: batches of 32 × 32 pictures with 100 classes, forward, backward and update.',
  fields: (t) => ({
    engine: t.string({ required: true }),
    model: t.string({ required: true }),
    batchSize: t.int({ required: true }),
    stepMs: t.float({ description: 'Median milliseconds of a training step.', required: true }),
    compileMs: t.float({ required: true }),
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
      description: 'Engines that work here, fastest first: `compiled-cuda`, `compiled-webgpu`, `compiled-cpu`, `reference`.',
      required: true,
    }),
    device: t.string({ required: true }),
    slots: t.int({ required: true, directives: { range: { min: 1, max: 64 } } }),
    version: t.string({ required: true }),
    datasets: t.field({ type: [DatasetInput], required: true }),
    benchmarks: t.field({
      description: 'Measured by `npm run trainer -- bench`, or by the trainer itself when it had nothing to do.',
      type: [TrainerBenchmarkInput],
      required: true,
      defaultValue: [],
    }),
  }),
});
