import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { stepSignature, trainingStep } from './step.ts';
import { Bench } from './testing/bench.ts';
import { planOf, STEP_CASES, type StepCase } from './testing/step-cases.ts';
import { modelHash, TracingEngine } from './testing/tracing-engine.ts';

const target = { block: 16, views: true };
const base = {
  dataset: 'tiny',
  data: { validationFraction: 0.2 },
  networks: [{ model: 'mlp-8', dropout: 0.2 }],
  method: { independent: {} },
  training: { epochs: 1, batchSize: 32, learningRate: 0.1 },
};

/** What differs between the two runs of a pair must not be seen in what is compiled. */
const KNOBS: readonly (readonly [string, object, object])[] = [
  [
    'learning rate, schedule, warm-up',
    base,
    { ...base, training: { ...base.training, learningRate: 0.01, epochs: 2, schedule: { cosine: {} }, warmupEpochs: 1 } },
  ],
  ['epochs', base, { ...base, training: { ...base.training, epochs: 2, schedule: { step: { milestones: [1] } } } }],
  ['augmentation', base, { ...base, training: { ...base.training, augmentation: { flip: true, cropPadding: 2 } } }],
  ['which images train, and which are labelled', base, { ...base, data: { ...base.data, splitSeed: 5, labelledFraction: 0.5 } }],
  ['the part that is dropped', base, { ...base, networks: [{ model: 'mlp-8', dropout: 0.7 }] }],
  ['which weights are kept', base, { ...base, training: { ...base.training, selection: 'BEST_VALIDATION' } }],
  [
    "Adam's steps",
    { ...base, training: { ...base.training, optimizer: { adam: {} } } },
    { ...base, training: { ...base.training, epochs: 2, learningRate: 0.001, optimizer: { adam: {} } } },
  ],
  [
    "a teacher's training",
    { ...base, method: { distillation: { teachers: [{ trained: { network: { model: 'mlp-16' }, epochs: 1 } }] } } },
    { ...base, method: { distillation: { teachers: [{ trained: { network: { model: 'mlp-16' }, epochs: 2 } }] } } },
  ],
  [
    'permutations of features',
    { ...base, networks: [{ model: 'mlp-8' }, { model: 'mlp-8' }], method: { mutual: { features: { alignment: 'PERMUTATION' } } } },
    {
      ...base,
      networks: [{ model: 'mlp-8' }, { model: 'mlp-8' }],
      method: { mutual: { features: { alignment: 'PERMUTATION' } } },
      training: { ...base.training, learningRate: 0.3 },
    },
  ],
];

describe('whatever varies between calls is an input: traces are byte-identical', () => {
  let bench: Bench;
  beforeAll(async () => {
    bench = await Bench.open();
  });
  afterAll(() => bench.remove());

  const tracesOf = async (spec: object, seed: number) => {
    const engine = new TracingEngine(target);
    await bench.run(bench.job(spec, { seed }), engine);
    return engine.models;
  };

  it.each(KNOBS)('of whole runs under other seeds that differ in: %s', async (_knob, one, other) => {
    const traces = await tracesOf(one, 1);
    expect(Object.keys(traces).length).toBeGreaterThanOrEqual(2);
    expect(await tracesOf(other, 2)).toEqual(traces);
  });

  it('but not of another optimizer, whose steps are another function', async () => {
    const adam = { ...base, training: { ...base.training, optimizer: { adam: {} } } };
    expect((await tracesOf(adam, 1))['cohort step']).not.toBe((await tracesOf(base, 1))['cohort step']);
  });
});

describe('tracing draws no numbers and reads no clock', () => {
  afterAll(() => vi.restoreAllMocks());

  const hashUnder = (own: StepCase, number: number): string => {
    vi.spyOn(Math, 'random').mockReturnValue(number);
    vi.spyOn(Date, 'now').mockReturnValue(1e12 * number);
    const plan = planOf(own);
    return modelHash('step', stepSignature(plan), trainingStep(plan), target);
  };

  it.each(STEP_CASES.map((own) => [own.title, own] as const))('%s', (_title, own) => {
    expect(hashUnder(own, 0.75)).toBe(hashUnder(own, 0.25));
  });
});
