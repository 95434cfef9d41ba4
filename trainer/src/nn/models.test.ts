import { describe, expect, it } from 'vitest';
import { tf } from '../engine/tf.ts';
import { withBackend } from '../engine/with-backend.ts';
import { unflatten } from './flat.ts';
import { initialStatistics, initialWeights, weightsHash } from './initialise.ts';
import { ModelError, parseModel } from './models.ts';

const build = (model: string, shape = [16, 16, 3], classes = 20) => parseModel(model)(shape, classes);

describe('models', () => {
  it.each([
    // He et al. 2015, table 6: 0.27 M, 0.46 M and 1.7 M parameters for CIFAR-10 (10 classes).
    ['resnet-20', [32, 32, 3], 10, 269_722],
    ['resnet-32', [32, 32, 3], 10, 464_154],
    ['resnet-110', [32, 32, 3], 10, 1_727_962],
    ['resnet-32', [32, 32, 3], 100, 470_004],
    // 784·1200 + 1200 + 1200·1200 + 1200 + 1200·10 + 10
    ['mlp-1200-1200', [28, 28, 1], 10, 2_395_210],
    // 3·9·16 + 16·9·32 + 32·9·64 + 2·(16 + 32 + 64) + 64·20 + 20
    ['cnn', [16, 16, 3], 20, 24_996],
  ])('%s on %j with %d classes has %d parameters', (model, shape, classes, parameters) => {
    expect(build(model, shape, classes).parameterCount).toBe(parameters);
  });

  it('counts multiply-adds: 41 M for resnet-20 on 32 × 32, 53,760 for an mlp-64-64', () => {
    expect(build('resnet-20', [32, 32, 3], 10).multiplyAdds / 1e6).toBeCloseTo(40.55, 1);
    expect(build('mlp-64-64').multiplyAdds).toBe(768 * 64 + 64 * 64 + 64 * 20);
  });

  it.each([
    ['mlp-8-8', [8, 8, 3]],
    ['cnn-4', [8, 8, 3]],
    ['resnet-8', [8, 8, 3]],
    ['wrn-10-1', [7, 8, 1]],
    ['mobilenet-0.25', [8, 5, 1]],
    ['tcn-4', [9, 2]],
  ])('%s on %j gives logits and features of the shapes it names, in both modes', (model, shape) => {
    const network = build(model, shape, 5);
    withBackend('cpu', () => {
      const before = tf.memory().numTensors;
      tf.tidy(() => {
        const weights = unflatten(tf.tensor1d(initialWeights(network, 1, 0)), network.parameters);
        const statistics = network.statistics.length > 0 ? unflatten(tf.tensor1d(initialStatistics(network)), network.statistics) : [];
        for (const mode of ['training', 'evaluation'] as const) {
          const applied = network.apply(weights, statistics, tf.randomNormal([3, ...shape], 0, 1, 'float32', 7), mode);
          expect(applied.logits.shape).toEqual([3, 5]);
          expect(applied.middle.shape).toEqual([3, ...network.featureShapes.middle]);
          expect(applied.last.shape).toEqual([3, ...network.featureShapes.last]);
          expect(applied.last.rank).toBe(2);
          expect(applied.statistics.length).toBe(network.statistics.length);
          const moved = applied.statistics.some((tensor, k) => tensor !== statistics[k]);
          expect(moved).toBe(mode === 'training' && network.statistics.length > 0);
        }
      });
      expect(tf.memory().numTensors).toBe(before);
    });
  });

  it('refuses a view it cannot read', () => {
    expect(() => build('cnn', [50, 6])).toThrow(
      new ModelError('cnn needs images (height × width × channels), but this view has shape 50 × 6; use an mlp there, or a tcn.'),
    );
    expect(build('mlp-4', [50, 6], 3).parameterCount).toBe(300 * 4 + 4 + 4 * 3 + 3);
  });
});

describe('initial weights', () => {
  it('depend on seed, index and architecture alone', () => {
    const hash = (model: string, seed: number, index: number) => weightsHash(initialWeights(build(model), seed, index));
    expect(hash('cnn', 1, 0)).toBe(hash('cnn', 1, 0));
    expect(new Set([hash('cnn', 1, 0), hash('cnn', 2, 0), hash('cnn', 1, 1), hash('cnn-8', 1, 0)]).size).toBe(4);
  });

  it('have the standard deviation √(2 / fan-in) before a ReLU', () => {
    const weights = initialWeights(build('cnn'), 3, 0).subarray(432 + 32, 432 + 32 + 16 * 9 * 32);
    const variance = weights.reduce((sum, w) => sum + w * w, 0) / weights.length;
    expect(Math.sqrt(variance)).toBeCloseTo(Math.sqrt(2 / 144), 2);
  });
});
