import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Engine, EngineState, Program, Signature, TensorData } from '../engine/engine.ts';
import { openEngine } from '../engine/open.ts';
import { sizeOf } from '../engine/signature.ts';
import { independent } from '../methods/independent.ts';
import type { Method } from '../methods/method.ts';
import { mutual } from '../methods/mutual.ts';
import { methodFrom } from '../methods/testing/method-from.ts';
import { parseModel } from '../nn/models.ts';
import { Stream } from '../random/stream.ts';
import { initialState, stateVectors } from './cohort.ts';
import { type Optimizer, optimizerOf } from './optimizer.ts';
import { stateSpecs, stepSignature, trainingStep } from './step.ts';
import { frozen, teacherVectors } from './testing/one-step.ts';

const BATCH = 4;
const CLASSES = 5;
const STEPS = 3;
const SGD = { sgd: { momentum: 0.9, nesterov: true, weightDecay: 5e-4 } };
const ADAM = { beta1: 0.9, beta2: 0.999, epsilon: 1e-8, weightDecay: 0.01 };
const MUTUAL = {
  update: 'ALTERNATING',
  target: 'PAIRWISE_MEAN',
  weight: 1,
  temperature: 2,
  scaleByTemperatureSquared: true,
  labelWeight: 1,
  teaching: null,
  features: null,
} as const;
const TAUGHT = { teachers: [{ run: { runId: 'a' } }, { run: { runId: 'b' } }] };

type Case = {
  title: string;
  model: string;
  shape: number[];
  cohort: number;
  method: Method;
  rate: number;
  optimizer: Optimizer;
  labelSmoothing?: number;
  dropout?: number;
};

const single = { shape: [8, 8, 3], cohort: 1, method: independent(), rate: 0.05, optimizer: optimizerOf(SGD) };
const pair = { ...single, shape: [4, 4, 3], cohort: 2, model: 'cnn-16' };

const CASES: readonly Case[] = [
  { ...single, title: 'mlp-24-16', model: 'mlp-24-16' },
  { ...single, title: 'cnn-4', model: 'cnn-4' },
  { ...single, title: 'cnn-16', model: 'cnn-16' },
  { ...single, title: 'resnet-8', model: 'resnet-8', rate: 0.02 },
  { ...single, title: 'wrn-10-1', model: 'wrn-10-1', rate: 0.02 },
  { ...single, title: 'tcn-8', model: 'tcn-8', shape: [12, 6] },
  { ...single, title: 'tcn-16', model: 'tcn-16', shape: [12, 6] },
  { ...pair, title: 'two networks side by side' },
  { ...pair, title: 'mutual learning, alternating', method: mutual(MUTUAL) },
  { ...pair, title: 'mutual learning, simultaneous', method: mutual({ ...MUTUAL, update: 'SIMULTANEOUS' }) },
  ...(['LAST', 'MIDDLE'] as const).flatMap((layer) =>
    (['NONE', 'PERMUTATION'] as const).map((alignment) => ({
      ...pair,
      title: `features compared, layer ${layer}, alignment ${alignment}`,
      model: layer === 'LAST' ? 'mlp-12' : pair.model,
      method: mutual({ ...MUTUAL, features: { layer, weight: 2, alignment } }),
    })),
  ),
  {
    ...pair,
    title: 'features of three mlps aligned, their channels filling no blocks',
    cohort: 3,
    model: 'mlp-12',
    method: mutual({ ...MUTUAL, features: { layer: 'LAST', weight: 2, alignment: 'PERMUTATION' } }),
  },
  {
    ...pair,
    title: 'features of a convolution aligned, its channels filling no blocks',
    model: 'cnn-3',
    method: mutual({ ...MUTUAL, update: 'SIMULTANEOUS', features: { layer: 'MIDDLE', weight: 2, alignment: 'PERMUTATION' } }),
  },
  {
    ...pair,
    title: 'mutual learning by the mean distribution of three',
    cohort: 3,
    model: 'mlp-12',
    method: mutual({ ...MUTUAL, target: 'ENSEMBLE_PROBABILITIES' }),
  },
  {
    ...pair,
    title: 'mutual learning by the mean logits of three',
    cohort: 3,
    model: 'mlp-12',
    method: mutual({ ...MUTUAL, target: 'ENSEMBLE_LOGITS' }),
  },
  { ...single, title: 'SGD, gradients clipped', model: 'cnn-4', optimizer: optimizerOf(SGD, 0.5) },
  { ...single, title: 'Adam', model: 'cnn-4', rate: 0.001, optimizer: optimizerOf({ adam: ADAM }) },
  {
    ...pair,
    title: 'AdamW on a pair, gradients clipped',
    rate: 0.001,
    optimizer: optimizerOf({ adamw: ADAM }, 0.5),
    method: mutual(MUTUAL),
  },
  { ...single, title: 'dropout in an mlp', model: 'mlp-24-16', dropout: 0.3 },
  { ...single, title: 'dropout between convolutions', model: 'wrn-10-1', shape: [2, 2, 3], dropout: 0.3, rate: 0.02 },
  { ...pair, title: 'mutual learning under dropout, alternating', dropout: 0.5, method: mutual(MUTUAL) },
  { ...single, title: 'label smoothing', model: 'cnn-4', labelSmoothing: 0.1 },
  { ...single, title: 'distillation from two teachers', model: 'cnn-4', method: methodFrom({ distillation: TAUGHT }) },
  {
    ...single,
    title: 'distillation of hard targets, without labels',
    model: 'mlp-12',
    method: methodFrom({ distillation: { ...TAUGHT, target: 'HARD', weight: 1 } }),
  },
  { ...pair, title: 'mutual learning with teachers, alternating', method: methodFrom({ mutual: { labelWeight: 0.5, teaching: TAUGHT } }) },
  { ...single, title: 'confidence penalty', model: 'cnn-4', method: methodFrom({ confidencePenalty: { weight: 0.5 } }) },
];

const prepare = async (engine: Engine, { model, shape, cohort, method, optimizer, labelSmoothing = 0, dropout = 0 }: Case) => {
  const network = parseModel(model)(shape, CLASSES, dropout);
  const members = Array.from({ length: cohort }, (_, index) => ({ index, view: 'main', network }));
  const teachers = method.teachers.map((_, index) => frozen(network, 17 + index, 'main'));
  const plan = { members, teachers, method, optimizer, batchSize: BATCH, labelSmoothing };
  const signature = stepSignature(plan);
  const specs = stateSpecs(plan);
  const initial: Readonly<Record<string, Float32Array>> = {
    ...stateVectors(initialState(members, 3, optimizer)),
    ...teacherVectors(teachers),
  };
  const program = await engine.prepare('step', signature, trainingStep(plan));
  const createState = (values: Readonly<Record<string, TensorData>> = initial) =>
    engine.createState(Object.fromEntries(Object.entries(specs).map(([name, spec]) => [name, { spec, data: values[name] as TensorData }])));
  return { program, createState, signature };
};

const shuffled = (size: number, index: number): Int32Array => {
  const order = Int32Array.from({ length: size }, (_, k) => k);
  new Stream(9, 'noise', index).shuffle(order);
  return order;
};

/** A batch of step `index`, the same for all engines. */
const batch = ({ inputs }: Signature, index: number, { rate, optimizer, dropout = 0 }: Case): Record<string, TensorData> => {
  const rates: Readonly<Record<string, number>> = { learningRate: rate, ...optimizer.atStep(index + 1) };
  const stream = new Stream(7, 'noise', index);
  return Object.fromEntries(
    Object.entries(inputs).map(([name, { shape, dtype }]) => {
      if (dtype === 'int32') return [name, shuffled(sizeOf(shape), index)];
      const numbers = new Float32Array(sizeOf(shape));
      if (name in rates) numbers.fill(rates[name] as number);
      else if (name.startsWith('mask.')) stream.drop(numbers, dropout, 1 / (1 - dropout));
      else if (name === 'sampleWeights') numbers.fill(1);
      else if (name === 'targets') for (let row = 0; row < BATCH; row++) numbers[row * CLASSES + ((row + index) % CLASSES)] = 1;
      else for (let k = 0; k < numbers.length; k++) numbers[k] = stream.normal();
      return [name, numbers];
    }),
  );
};

const apart = (a: TensorData | undefined, b: TensorData | undefined): number => {
  let largest = 0;
  for (let k = 0; k < (a?.length ?? 0); k++) largest = Math.max(largest, Math.abs((a?.[k] as number) - (b?.[k] as number)));
  return largest;
};

/** Each number moved by one rounding unit, up or down by turns of a random stream. */
const nudged = (values: Readonly<Record<string, TensorData>>): Record<string, TensorData> => {
  const stream = new Stream(11, 'noise', 0);
  return Object.fromEntries(
    Object.entries(values).map(([name, data]) => [name, Float32Array.from(data, (x) => x * (1 + 2 ** -23 * Math.sign(stream.normal())))]),
  );
};

/**
 * How far rounding may carry two engines apart is the network's own property. It is measured on the reference: its result from weights that
 * are off by one rounding unit against its result from the weights themselves. An engine rounds not once but in every layer, forward
 * and back; MARGIN layers' worth of that is allowed, and no less than rounding of a number of size 1.
 */
const MARGIN = 32;
const FLOOR = 8 * 2 ** -24;

describe('a whole training step, compiled against reference', () => {
  let reference: Engine;
  let compiled: Engine;
  beforeAll(async () => {
    reference = await openEngine('reference');
    compiled = await openEngine('compiled-cpu', { threads: 2 });
  });
  afterAll(() => compiled.dispose());

  it.each(CASES.map((own) => [own.title, own] as const))('%s', async (_title, own) => {
    const slow = await prepare(reference, own);
    const fast = await prepare(compiled, own);
    const expected = slow.createState();
    const running = fast.createState();
    const fromEqual = fast.createState();
    const off = slow.createState(nudged(await expected.read()));
    const step = (program: Program, state: EngineState, index: number) => program.run(state, batch(slow.signature, index, own));

    for (let index = 0; index < STEPS; index++) {
      const before = await expected.read();
      await fromEqual.write(before);
      const single = slow.createState(nudged(before));
      const truth = await step(slow.program, expected, index);
      const after = await expected.read();

      const oneOff = await step(slow.program, single, index);
      const equal = await step(fast.program, fromEqual, index);
      const sensitivity = apart(truth.metrics, oneOff.metrics);
      expect(apart(truth.metrics, equal.metrics), `metrics of step ${index} from equal state`).toBeLessThanOrEqual(
        MARGIN * sensitivity + FLOOR,
      );
      const [offAfter, equalAfter] = [await single.read(), await fromEqual.read()];
      for (const name of Object.keys(after)) {
        const allowed = MARGIN * apart(after[name], offAfter[name]) + FLOOR;
        expect(apart(after[name], equalAfter[name]), `${name} after step ${index} from equal state`).toBeLessThanOrEqual(allowed);
      }
      single.dispose();

      const manyOff = await step(slow.program, off, index);
      const many = await step(fast.program, running, index);
      expect(apart(truth.metrics, many.metrics), `metrics of step ${index} of the run`).toBeLessThanOrEqual(
        MARGIN * apart(truth.metrics, manyOff.metrics) + FLOOR,
      );
    }
    for (const state of [expected, running, fromEqual, off]) state.dispose();
    await fast.program.dispose();
  });

  it('repeats itself to the bit', async () => {
    const own = CASES[8] as Case;
    const runs = await Promise.all(
      [0, 1].map(async () => {
        const { program, createState, signature } = await prepare(compiled, own);
        const state = createState();
        const metrics: TensorData[] = [];
        for (let index = 0; index < 20; index++)
          metrics.push((await program.run(state, batch(signature, index, own))).metrics as TensorData);
        const end = await state.read();
        await program.dispose();
        return { metrics, end };
      }),
    );
    expect(runs[0]).toEqual(runs[1]);
  });
});
