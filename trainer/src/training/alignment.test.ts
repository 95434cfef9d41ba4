import type { FeatureLayer } from '@studyhall/contract/spec/run-spec.ts';
import { describe, expect, it } from 'vitest';
import { BatchReader, measureViews } from '../data/batches.ts';
import { eager } from '../engine/eager.ts';
import { stateEntries } from '../engine/state-entries.ts';
import { tf } from '../engine/tf.ts';
import { withBackend } from '../engine/with-backend.ts';
import { featuresAt } from '../methods/feature-matching.ts';
import { concatenate } from '../nn/concatenate.ts';
import { unflatten } from '../nn/flat.ts';
import { initialStatistics, initialWeights } from '../nn/initialise.ts';
import { parseModel } from '../nn/models.ts';
import type { Applied, Network } from '../nn/network.ts';
import { featureDistance } from '../objectives/feature-distance.ts';
import { Stream } from '../random/stream.ts';
import { Aligner } from './alignment.ts';
import type { Member } from './cohort.ts';
import { permutationInput } from './permutations.ts';
import { networkSpecs } from './step.ts';
import { type Places, type Planted, permutedCopy, type Tensors } from './testing/permuted-copy.ts';

const SHAPE = [6, 6, 2];
const IMAGES = 70;

const norm = (name: string): Places => ['scale', 'shift', 'mean', 'variance'].map((part) => [`${name}.${part}`, 0] as const);

type Case = { model: string; layer: FeatureLayer; planted: (draw: Stream) => Planted[] };

const shuffled = (size: number, draw: Stream, start = 0): Int32Array => {
  const rest = Int32Array.from({ length: size - start }, (_, k) => start + k);
  draw.shuffle(rest);
  return Int32Array.from({ length: size }, (_, k) => (k < start ? k : (rest[k - start] as number)));
};

/** A stage's stream that shares its first channels, in their order, with the stage before (option A's shortcuts). */
const grown = (first: Int32Array, size: number, draw: Stream): Int32Array => {
  const whole = shuffled(size, draw, first.length);
  whole.set(first);
  return whole;
};

const CASES: readonly Case[] = [
  {
    model: 'mlp-20-12',
    layer: 'LAST',
    planted: (draw) => [
      {
        permutation: shuffled(12, draw),
        places: [
          ['hidden.1.weight', 1],
          ['hidden.1.bias', 0],
          ['classifier.weight', 0],
        ],
      },
    ],
  },
  {
    model: 'mlp-20-12',
    layer: 'MIDDLE',
    planted: (draw) => [
      {
        permutation: shuffled(20, draw),
        places: [
          ['hidden.0.weight', 1],
          ['hidden.0.bias', 0],
          ['hidden.1.weight', 0],
        ],
      },
    ],
  },
  {
    model: 'cnn-4',
    layer: 'LAST',
    planted: (draw) => [
      {
        permutation: shuffled(16, draw),
        places: [['block.2.convolution.weight', 3], ...norm('block.2.norm'), ['classifier.weight', 0]],
      },
    ],
  },
  {
    model: 'cnn-4',
    layer: 'MIDDLE',
    planted: (draw) => [
      {
        permutation: shuffled(8, draw),
        places: [['block.1.convolution.weight', 3], ...norm('block.1.norm'), ['block.2.convolution.weight', 2]],
      },
    ],
  },
  {
    model: 'resnet-8',
    layer: 'MIDDLE',
    planted: (draw) => {
      const stages = [shuffled(16, draw)];
      for (const size of [32, 64]) stages.push(grown(stages.at(-1) as Int32Array, size, draw));
      const out = (stage: number): Places => [[`stage.${stage}.block.0.convolution.1.weight`, 3], ...norm(`stage.${stage}.block.0.norm.1`)];
      const into = (stage: number): Places => [[`stage.${stage}.block.0.convolution.0.weight`, 2]];
      const places: Places[] = [
        [['stem.convolution.weight', 3], ...norm('stem.norm'), ...into(0), ...out(0), ...into(1)],
        [...out(1), ...into(2)],
        [...out(2), ['classifier.weight', 0]],
      ];
      return stages.map((permutation, stage) => ({ permutation, places: places[stage] as Places }));
    },
  },
];

/** Initial weights, and biases, norms and their statistics drawn, too, so that no two neurons are alike: as if trained. */
const trained = (network: Network, draw: Stream): Tensors => {
  const weights = initialWeights(network, 5, 0);
  let offset = 0;
  for (const { shape, initial } of network.parameters) {
    const size = shape.reduce((product, extent) => product * extent, 1);
    if (typeof initial === 'string')
      for (let k = 0; k < size; k++) weights[offset + k] = (initial === 'ones' ? 1 : 0) + draw.between(-0.3, 0.5);
    offset += size;
  }
  return { weights, statistics: Float32Array.from(initialStatistics(network), (value) => value + draw.between(-0.1, 0.5)) };
};

const images = (() => {
  const draw = new Stream(8, 'noise');
  return Float32Array.from({ length: IMAGES * 72 }, () => draw.normal());
})();

const reader = (() => {
  const samples = { size: IMAGES, labels: new Int32Array(IMAGES), views: { image: images } };
  const views = [{ name: 'image', shape: SHAPE }];
  const dataset = {
    name: 'noise',
    hash: '',
    views,
    classes: [{ name: 'any', superclass: null }],
    trainSize: IMAGES,
    testSize: IMAGES,
    train: samples,
    test: samples,
  };
  return new BatchReader(dataset, samples, measureViews(dataset, ['image']));
})();

const apply = (network: Network, { weights, statistics }: Tensors): Applied =>
  network.apply(
    unflatten(tf.tensor1d(weights), network.parameters),
    network.statisticCount > 0 ? unflatten(tf.tensor1d(statistics), network.statistics) : [],
    tf.tensor(images, [IMAGES, ...SHAPE]),
    'evaluation',
  );

describe('a network against its own permuted copy', () => {
  it.each(CASES.map((own) => [own.model, own.layer, own] as const))(
    '%s, layer %s: far apart as they come, equal once aligned',
    async (model, layer, own) => {
      const network = parseModel(model)(SHAPE, 3);
      const draw = new Stream(2, 'noise');
      const original = trained(network, draw);
      const planted = own.planted(draw);
      const copy = permutedCopy(network, original, planted);

      const engine = eager('cpu');
      const members: Member[] = [0, 1].map((index) => ({ index, view: 'image', network }));
      const specs = networkSpecs(members);
      const values: Record<string, Float32Array> = {
        weights: concatenate([original.weights, copy.weights]),
        statistics: concatenate([original.statistics, copy.statistics]),
      };
      const state = engine.createState(stateEntries(specs, values));
      const probe = Int32Array.from({ length: IMAGES }, (_, k) => k);
      const aligner = await Aligner.prepare(engine, members, layer, reader, probe);
      const permutations = await aligner.find(state, async () => {});
      const forward = permutations[permutationInput(0, 1)] as Int32Array;
      const back = permutations[permutationInput(1, 0)] as Int32Array;
      expect([...forward].map((to) => back[to])).toEqual([...forward].map((_, a) => a));

      withBackend('cpu', () =>
        tf.tidy(() => {
          const [one, two] = [apply(network, original), apply(network, copy)];
          const [f, g] = [featuresAt(one, layer), featuresAt(two, layer)];
          const read = (x: tf.Tensor) => x.dataSync()[0] as number;
          const size = read(tf.mean(tf.square(f)));
          expect(read(tf.max(tf.abs(tf.sub(one.logits, two.logits))))).toBeLessThan(1e-4);
          expect(read(featureDistance(f, [g]))).toBeGreaterThan(0.05 * size);
          expect(read(featureDistance(f, [g], [tf.tensor1d(forward, 'int32')]))).toBeLessThan(1e-9 * size);
          expect(read(featureDistance(g, [f], [tf.tensor1d(back, 'int32')]))).toBeLessThan(1e-9 * size);
        }),
      );
      state.dispose();
      await aligner.dispose();
    },
  );
});
