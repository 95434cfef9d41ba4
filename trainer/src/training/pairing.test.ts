import type { MethodSettings } from '@studyhall/contract/spec/run-spec.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eager } from '../engine/eager.ts';
import { alone, Bench } from './testing/bench.ts';
import { HashingEngine } from './testing/hashing-engine.ts';

const trained = (model: string) => ({ trained: { network: { model }, epochs: 2 } });
const teachers = [trained('mlp-16'), trained('mlp-5')];

/** Every method of the contract, in its variants: one that is missing here does not compile. */
const METHODS: { readonly [M in keyof MethodSettings]: readonly object[] } = {
  independent: [{}],
  distillation: [{ teachers }, { teachers: [trained('mlp-12')], target: 'HARD', weight: 1 }],
  mutual: [
    {},
    { update: 'SIMULTANEOUS', target: 'ENSEMBLE_PROBABILITIES', temperature: 2 },
    { target: 'ENSEMBLE_LOGITS' },
    { labelWeight: 0, teaching: { teachers } },
    { features: { alignment: 'PERMUTATION' } },
  ],
  confidencePenalty: [{ weight: 0.5 }],
};

const CASES = Object.entries(METHODS).flatMap(([name, variants]) => variants.map((settings) => ({ [name]: settings })));

const EPOCHS = 3;
const STEPS = 6;

let bench: Bench;
beforeAll(async () => {
  bench = await Bench.open();
});
afterAll(() => bench.remove());

describe('same seed', () => {
  /** First weights of both networks, and hashes of all inputs of the cohort's steps: images as augmented, labels, dropout masks, learning rate. */
  const observe = async (method: object, seed = 1) => {
    const engine = new HashingEngine(eager('cpu'));
    const networks = [
      { model: 'mlp-8', dropout: 0.25 },
      { model: 'mlp-10-8', dropout: 0.5 },
    ];
    const { recorder } = await bench.run(bench.job({ ...alone, networks, method }, { seed }), engine);
    const cohort = recorder.reports.filter(({ role }) => role !== 'TEACHER');
    return { weights: cohort.map(({ initHash }) => initHash), steps: engine.steps.slice(-EPOCHS * STEPS), all: engine.steps.length };
  };
  let baseline: Awaited<ReturnType<typeof observe>>;
  beforeAll(async () => {
    baseline = await observe({ independent: {} });
  });

  it('tells networks and steps apart, and another seed is another run', async () => {
    expect(new Set(baseline.weights).size).toBe(2);
    expect(baseline.all).toBe(EPOCHS * STEPS);
    expect(new Set(baseline.steps).size).toBe(EPOCHS * STEPS);
    const other = await observe({ independent: {} }, 2);
    expect(new Set([...other.steps, ...baseline.steps]).size).toBe(2 * EPOCHS * STEPS);
    expect(new Set([...other.weights, ...baseline.weights]).size).toBe(4);
  });

  it.each(CASES)('means the same first weights, batches, augmentation and dropout under %j', async (method) => {
    const { weights, steps } = await observe(method);
    expect(weights).toEqual(baseline.weights);
    expect(steps).toEqual(baseline.steps);
  });
});
