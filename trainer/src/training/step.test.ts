import { describe, expect, it } from 'vitest';
import { eager } from '../engine/eager.ts';
import type { TensorData } from '../engine/engine.ts';
import { stateEntries } from '../engine/state-entries.ts';
import { tf } from '../engine/tf.ts';
import { independent } from '../methods/independent.ts';
import type { Method } from '../methods/method.ts';
import { mutual } from '../methods/mutual.ts';
import { parseModel } from '../nn/models.ts';
import { Stream } from '../random/stream.ts';
import { type CohortState, initialState, type Member, parameterCounts, sliceByMember, stateVectors, statisticCounts } from './cohort.ts';
import { allocateMasks, drawMasks } from './dropout-masks.ts';
import { type Optimizer, optimizerOf } from './optimizer.ts';
import { type StepPlan, stateSpecs, stepSignature, trainingStep } from './step.ts';

const BATCH = 6;
const CLASSES = 3;

const members = (...models: string[]): Member[] => membersUnder(0, ...models);

const membersUnder = (dropout: number, ...models: string[]): Member[] =>
  models.map((model, index) => ({ index, view: 'image', network: parseModel(model)([4, 4, 1], CLASSES, dropout) }));

const optimizer = optimizerOf({ sgd: { momentum: 0.9, nesterov: true, weightDecay: 0.01 } });

const start = (cohort: readonly Member[], seed: number): CohortState => initialState(cohort, seed, optimizer);

const planOf = (cohort: readonly Member[], method: Method): StepPlan => ({
  members: cohort,
  teachers: [],
  method,
  optimizer,
  batchSize: BATCH,
});

const mutualOf = (update: 'ALTERNATING' | 'SIMULTANEOUS') =>
  mutual({
    update,
    target: 'PAIRWISE_MEAN',
    weight: 2,
    temperature: 1,
    scaleByTemperatureSquared: true,
    labelWeight: 1,
    teaching: null,
    features: null,
  });

const draw = new Stream(5, 'noise');
const inputs = {
  'images.image': Float32Array.from({ length: BATCH * 16 }, () => draw.normal()),
  targets: Float32Array.from({ length: BATCH * CLASSES }, (_, k) => (k % CLASSES === Math.floor(k / CLASSES) % CLASSES ? 1 : 0)),
  sampleWeights: new Float32Array(BATCH).fill(1),
  learningRate: Float32Array.of(0.1),
};

/** One step on the reference engine from a given state. */
const stepFrom = async (plan: StepPlan, from: CohortState): Promise<CohortState & { metrics: TensorData }> => {
  const engine = eager('cpu');
  const vectors = stateVectors(from);
  const state = engine.createState(stateEntries(stateSpecs(plan), vectors));
  const program = await engine.prepare('step', stepSignature(plan), trainingStep(plan));
  const masks = allocateMasks(plan.members, BATCH);
  drawMasks(plan.members, masks, 1, 1, 0);
  const { metrics } = await program.run(state, { ...inputs, ...masks });
  const { weights, statistics, ...slots } = (await state.read()) as Record<string, Float32Array>;
  state.dispose();
  return { weights: weights as Float32Array, statistics: statistics ?? new Float32Array(0), slots, metrics: metrics as TensorData };
};

const weightsOf = (cohort: readonly Member[], state: CohortState) => sliceByMember(state.weights, parameterCounts(cohort));

describe('a training step', () => {
  it('updates uncoupled networks exactly as each would be alone', async () => {
    const cohort = members('mlp-5', 'cnn-2');
    const together = await stepFrom(planOf(cohort, independent()), start(cohort, 1));
    for (const [place, member] of cohort.entries()) {
      const alone = await stepFrom(planOf([member], independent()), start([member], 1));
      expect(alone.weights).toEqual(weightsOf(cohort, together)[place]);
    }
  });

  it.each([0, 0.5])('alternating: the second network learns from the first as it is after its update (dropout %d)', async (dropout) => {
    const cohort = membersUnder(dropout, 'cnn-2', 'mlp-5');
    const from = start(cohort, 2);
    const alternating = await stepFrom(planOf(cohort, mutualOf('ALTERNATING')), from);
    const simultaneous = await stepFrom(planOf(cohort, mutualOf('SIMULTANEOUS')), from);
    const [first, second] = weightsOf(cohort, alternating) as [Float32Array, Float32Array];
    expect(first).toEqual(weightsOf(cohort, simultaneous)[0]);
    expect(second).not.toEqual(weightsOf(cohort, simultaneous)[1]);

    const updatedFirst = from.weights.slice();
    updatedFirst.set(first);
    const secondNext = await stepFrom(planOf(cohort, mutualOf('SIMULTANEOUS')), { ...from, weights: updatedFirst });
    expect(second).toEqual(weightsOf(cohort, secondNext)[1]);
  });

  it('clips each network’s gradient by itself, and smooths the labels it learns from', async () => {
    const cohort = members('mlp-5', 'cnn-2');
    const from = start(cohort, 1);
    const plain = optimizerOf({ sgd: { momentum: 0, nesterov: false, weightDecay: 0 } });
    const clipping = optimizerOf({ sgd: { momentum: 0, nesterov: false, weightDecay: 0 } }, 0.01);
    const gradients = async (optimizer: Optimizer, labelSmoothing = 0) => {
      const after = await stepFrom({ ...planOf(cohort, independent()), optimizer, labelSmoothing }, from);
      return sliceByMember(after.slots.velocity as Float32Array, parameterCounts(cohort));
    };
    const full = await gradients(plain);
    for (const [place, clipped] of (await gradients(clipping)).entries()) {
      expect(Math.hypot(...clipped)).toBeCloseTo(0.01, 6);
      const scale = 0.01 / Math.hypot(...(full[place] as Float32Array));
      clipped.forEach((slope, k) => {
        expect(slope).toBeCloseTo(scale * ((full[place] as Float32Array)[k] as number), 7);
      });
    }
    // The labels come equally often here, so that smoothing leaves their mean, and with it the gradient of the classifier's bias: mean of p − y.
    const smooth = await gradients(plain, 0.3);
    const bias = (vectors: Float32Array[]) => [...(vectors[0] as Float32Array).slice(-CLASSES)];
    bias(smooth).forEach((slope, k) => {
      expect(slope).toBeCloseTo(bias(full)[k] as number, 6);
    });
    expect(smooth[0]).not.toEqual(full[0]);
  });

  it('moves running statistics once per network, by its first pass, in either order of update', async () => {
    const cohort = members('cnn-2', 'cnn-2', 'cnn-2');
    const from = start(cohort, 3);
    const alternating = await stepFrom(planOf(cohort, mutualOf('ALTERNATING')), from);
    const uncoupled = await stepFrom(planOf(cohort, independent()), from);
    expect(alternating.statistics).toEqual(uncoupled.statistics);
    expect(sliceByMember(alternating.statistics, statisticCounts(cohort))[0]).not.toEqual(
      sliceByMember(from.statistics, statisticCounts(cohort))[0],
    );
  });

  it('simultaneous: does not depend on the order of the networks', async () => {
    const cohort = members('mlp-5', 'mlp-5');
    const from = start(cohort, 4);
    const half = from.weights.length / 2;
    const swapped = Float32Array.from([...from.weights.subarray(half), ...from.weights.subarray(0, half)]);
    const one = await stepFrom(planOf(cohort, mutualOf('SIMULTANEOUS')), from);
    const other = await stepFrom(planOf(cohort, mutualOf('SIMULTANEOUS')), { ...from, weights: swapped });
    expect(one.weights.subarray(0, half)).toEqual(other.weights.subarray(half));
  });

  it('reports terms that add up to the loss, samples classified rightly and mean entropy', async () => {
    const cohort = members('mlp-5', 'mlp-5');
    const { metrics } = await stepFrom(planOf(cohort, mutualOf('SIMULTANEOUS')), start(cohort, 5));
    const [crossEntropy = 0, divergence = 0, correct = 0, entropy = 0] = metrics;
    expect(crossEntropy).toBeGreaterThan(0.5);
    expect(divergence).toBeGreaterThan(0);
    expect(Number.isInteger(correct) && correct >= 0 && correct <= BATCH).toBe(true);
    expect(entropy).toBeGreaterThan(0);
    expect(entropy).toBeLessThanOrEqual(Math.log(CLASSES) + 1e-6);
  });

  it('leaves no tensors behind', async () => {
    const cohort = members('cnn-2', 'resnet-8');
    const plan = planOf(cohort, mutualOf('ALTERNATING'));
    await stepFrom(plan, start(cohort, 6));
    const before = tf.memory().numTensors;
    await stepFrom(plan, start(cohort, 6));
    expect(tf.memory().numTensors).toBe(before);
  });
});
