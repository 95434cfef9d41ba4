import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { alone, Bench } from './testing/bench.ts';
import { TracingEngine } from './testing/tracing-engine.ts';

let bench: Bench;
beforeAll(async () => {
  bench = await Bench.open();
});
afterAll(() => bench.remove());

const training = { epochs: 1, batchSize: 64, learningRate: 0.01, optimizer: { adam: {} }, labelSmoothing: 0.1, gradientClipping: 1 };
const networks = [
  { model: 'mlp-8-6', dropout: 0.3 },
  { model: 'mlp-6', dropout: 0.5 },
];
const spec = { ...alone, networks, method: { mutual: {} }, training };

/** Hashes of the graphs of a run, which trains meanwhile. */
const traced = async (changes: object = {}, seed = 1) => {
  const engine = new TracingEngine();
  await bench.run(bench.job({ ...spec, ...changes }, { seed }), engine);
  return engine.models;
};

describe('the graph of a step', () => {
  it('is the same to the byte under other seeds, learning rates, schedules, lengths and other random changes', async () => {
    const models = await traced();
    expect(Object.keys(models)).toEqual(['cohort step', 'cohort evaluation']);
    const schedule = { step: { milestones: [1], factor: 0.5 } };
    const otherwise = { ...training, epochs: 2, learningRate: 0.002, schedule, augmentation: { flip: true } };
    expect(await traced({ training: otherwise }, 2)).toEqual(models);
  });

  it('without dropout is another one, whose evaluation is the same', async () => {
    const models = await traced();
    const plain = await traced({ networks: networks.map(({ model }) => ({ model })) });
    expect(plain['cohort step']).not.toBe(models['cohort step']);
    expect(plain['cohort evaluation']).toBe(models['cohort evaluation']);
  });
});
