import type { RunSpec } from '@studyhall/contract/spec/run-spec.ts';
import type { Engine, Signature, TensorData } from '../../engine/engine.ts';
import { sizeOf } from '../../engine/signature.ts';
import { stateEntries } from '../../engine/state-entries.ts';
import { methodOf } from '../../methods/methods.ts';
import { initialStatistics, initialWeights } from '../../nn/initialise.ts';
import { parseModel } from '../../nn/models.ts';
import { Stream } from '../../random/stream.ts';
import { readSpec } from '../../spec/read-spec.ts';
import { initialState, stateVectors } from '../cohort.ts';
import { optimizerOf } from '../optimizer.ts';
import { type StepPlan, stateSpecs, stepSignature, teacherState, trainingStep } from '../step.ts';

const BATCH = 4;
const CLASSES = 5;

/** A whole training step: of narrow networks on small pictures, a batch of four. */
export type StepCase = {
  readonly title: string;
  readonly spec: RunSpec;
  readonly shape: readonly number[];
  readonly teachers: readonly string[];
};

type Given = {
  readonly networks: readonly string[];
  readonly method?: object;
  readonly training?: object;
  readonly dropout?: number;
  readonly shape?: readonly number[];
  /** Models of the teachers that the method names, in their order. */
  readonly teachers?: readonly string[];
};

const SGD = { sgd: { momentum: 0.9, nesterov: true, weightDecay: 5e-4 } };

/** Settings as a spec gives them; what is left out has the contract's defaults. */
const stepCase = (title: string, given: Given): StepCase => {
  const { networks, method = { independent: {} }, training = {}, dropout = 0, shape = [8, 8, 3], teachers = [] } = given;
  const spec = {
    dataset: 'any',
    networks: networks.map((model) => ({ model, dropout })),
    method,
    training: { epochs: 1, batchSize: BATCH, learningRate: 0.05, optimizer: SGD, ...training },
  };
  return { title, spec: readSpec(spec), shape, teachers };
};

const pictures = { shape: [4, 4, 3] };
const pair = { ...pictures, networks: ['cnn-16', 'cnn-16'] };
const three = { ...pictures, networks: ['mlp-12', 'mlp-12', 'mlp-12'] };
const taught = { ...pictures, networks: ['cnn-8'] };
const ADAM = { weightDecay: 0.01 };

const trained = (...models: string[]) => ({ teachers: models.map((model) => ({ trained: { network: { model } } })) });
const mutual = (settings: object) => ({ mutual: { temperature: 2, ...settings } });
const features = (layer: string, alignment: string) => ({ features: { layer, weight: 2, alignment } });

/** Every family of networks, alone. */
const FAMILIES: readonly StepCase[] = [
  stepCase('mlp-24-16', { networks: ['mlp-24-16'] }),
  stepCase('cnn-4', { networks: ['cnn-4'] }),
  stepCase('cnn-16', { ...pictures, networks: ['cnn-16'] }),
  stepCase('resnet-8', { ...pictures, networks: ['resnet-8'], training: { learningRate: 0.02 } }),
  stepCase('wrn-10-1', { ...pictures, networks: ['wrn-10-1'], training: { learningRate: 0.02 } }),
  stepCase('mobilenet-0.25', { ...pictures, networks: ['mobilenet-0.25'], training: { learningRate: 0.005 } }),
  stepCase('tcn-8', { networks: ['tcn-8'], shape: [12, 6] }),
  stepCase('tcn-16', { networks: ['tcn-16'], shape: [12, 6] }),
];

/** Every method, and every choice that it offers. */
const METHODS: readonly StepCase[] = [
  stepCase('two networks side by side', pair),
  stepCase('distillation from one teacher', { ...taught, method: { distillation: trained('cnn-16') }, teachers: ['cnn-16'] }),
  stepCase('distillation from two teachers, softly', {
    ...taught,
    method: { distillation: { ...trained('cnn-16', 'mlp-12'), target: 'SOFT', weight: 0.7 } },
    teachers: ['cnn-16', 'mlp-12'],
  }),
  stepCase("distillation from a teacher's hard labels", {
    ...taught,
    method: { distillation: { ...trained('mlp-12'), target: 'HARD' } },
    teachers: ['mlp-12'],
  }),
  stepCase('distillation of hard targets, without labels', {
    ...three,
    networks: ['mlp-12'],
    method: { distillation: { ...trained('mlp-12', 'mlp-12'), target: 'HARD', weight: 1 } },
    teachers: ['mlp-12', 'mlp-12'],
  }),
  stepCase('a penalty on confidence', { ...taught, method: { confidencePenalty: { weight: 0.3 } } }),
  stepCase('mutual learning, alternating', { ...pair, method: mutual({ update: 'ALTERNATING' }) }),
  stepCase('mutual learning, simultaneous', { ...pair, method: mutual({ update: 'SIMULTANEOUS', target: 'PAIRWISE_MEAN' }) }),
  stepCase('mutual learning by the mean distribution of three', { ...three, method: mutual({ target: 'ENSEMBLE_PROBABILITIES' }) }),
  stepCase('mutual learning by the mean logits of three', { ...three, method: mutual({ target: 'ENSEMBLE_LOGITS' }) }),
  stepCase('mutual learning without labels', {
    ...pair,
    method: mutual({ labelWeight: 0, teaching: trained('cnn-8') }),
    teachers: ['cnn-8'],
  }),
  stepCase('mutual learning with a teacher', {
    ...pair,
    method: mutual({ labelWeight: 0.5, teaching: trained('mlp-12', 'cnn-8') }),
    teachers: ['mlp-12', 'cnn-8'],
  }),
  stepCase("mutual learning with a teacher's hard labels", {
    ...three,
    method: mutual({ teaching: { ...trained('mlp-12'), target: 'HARD' } }),
    teachers: ['mlp-12'],
  }),
  ...['LAST', 'MIDDLE'].flatMap((layer) =>
    ['NONE', 'PERMUTATION'].map((alignment) =>
      stepCase(`features compared, layer ${layer}, alignment ${alignment}`, {
        ...pair,
        networks: layer === 'LAST' ? ['mlp-12', 'mlp-12'] : pair.networks,
        method: mutual(features(layer, alignment)),
      }),
    ),
  ),
  stepCase('features of three mlps aligned, their channels filling no blocks', {
    ...three,
    method: mutual(features('LAST', 'PERMUTATION')),
  }),
  stepCase('features of a convolution aligned, its channels filling no blocks', {
    ...pictures,
    networks: ['cnn-3', 'cnn-3'],
    method: mutual({ update: 'SIMULTANEOUS', ...features('MIDDLE', 'PERMUTATION') }),
  }),
];

/** Every optimizer, and what else changes a step. */
const TRAINING: readonly StepCase[] = [
  stepCase('SGD without momentum, gradients clipped', {
    networks: ['cnn-4'],
    training: { optimizer: { sgd: { momentum: 0, nesterov: false } }, gradientClipping: 0.5 },
  }),
  stepCase('Adam', { networks: ['cnn-4'], training: { optimizer: { adam: ADAM }, learningRate: 0.001 } }),
  stepCase('AdamW on a pair, gradients clipped', {
    ...pair,
    method: mutual({}),
    training: { optimizer: { adamw: ADAM }, gradientClipping: 0.5, learningRate: 0.001 },
  }),
  stepCase('dropout in an mlp', { networks: ['mlp-24-16'], dropout: 0.3 }),
  stepCase('dropout between convolutions', { shape: [2, 2, 3], networks: ['wrn-10-1'], dropout: 0.3, training: { learningRate: 0.02 } }),
  stepCase('mutual learning under dropout, alternating', { ...pair, dropout: 0.5, method: mutual({}) }),
  stepCase('products in float16', { ...pair, method: mutual({}), training: { precision: 'MIXED_FLOAT16' } }),
  stepCase('products in bfloat16', { ...pictures, networks: ['resnet-8'], training: { precision: 'MIXED_BFLOAT16', learningRate: 0.02 } }),
  stepCase('label smoothing', { networks: ['cnn-4'], training: { labelSmoothing: 0.1 } }),
];

export const STEP_CASES: readonly StepCase[] = [...FAMILIES, ...METHODS, ...TRAINING];

/** The case's networks and everything the trainer makes of its settings. */
export const planOf = ({ spec, shape, teachers }: StepCase): StepPlan => {
  const { batchSize, optimizer, gradientClipping, labelSmoothing, precision } = spec.training;
  const members = spec.networks.map(({ model, dropout }, index) => ({
    index,
    view: 'main',
    network: parseModel(model)(shape, CLASSES, dropout),
  }));
  return {
    members,
    teachers: teachers.map((model) => ({ view: 'main', network: parseModel(model)(shape, CLASSES) })),
    method: methodOf(spec),
    optimizer: optimizerOf(optimizer, gradientClipping),
    batchSize,
    labelSmoothing,
    precision,
  };
};

/** The case's step as that engine's program, and states to run it on; `seed` draws the weights. */
export const prepareStep = async (engine: Engine, own: StepCase, seed = 3) => {
  const plan = planOf(own);
  const signature = stepSignature(plan);
  const values: Record<string, Float32Array> = { ...stateVectors(initialState(plan.members, seed, plan.optimizer, plan.precision)) };
  plan.teachers.forEach(({ network }, index) => {
    values[teacherState(index).weights] = initialWeights(network, seed, plan.members.length + index);
    values[teacherState(index).statistics] = initialStatistics(network);
  });
  const program = await engine.prepare('step', signature, trainingStep(plan));
  const createState = (given: Readonly<Record<string, TensorData>> = values) => engine.createState(stateEntries(stateSpecs(plan), given));
  return { program, createState, signature };
};

const shuffled = (size: number, index: number): Int32Array => {
  const order = Int32Array.from({ length: size }, (_, k) => k);
  new Stream(9, 'noise', index).shuffle(order);
  return order;
};

/** What a program of the case reads at step `index`, the same for all engines. */
export const inputsOf = ({ inputs }: Signature, index: number, { spec }: StepCase): Record<string, TensorData> => {
  const { optimizer, learningRate } = spec.training;
  const dropout = spec.networks[0]?.dropout ?? 0;
  const rates: Readonly<Record<string, number>> = { learningRate, ...optimizerOf(optimizer).atStep(index + 1) };
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
