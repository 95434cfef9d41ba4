import { describe, expect, it } from 'vitest';
import { tf } from '../engine/tf.ts';
import { withBackend } from '../engine/with-backend.ts';
import { unflatten } from './flat.ts';
import { initialStatistics, initialWeights } from './initialise.ts';
import { parseModel } from './models.ts';

const build = (model: string, dropped: number, shape = [8, 8, 3]) => parseModel(model)(shape, 5, dropped);

/** Logits of two samples, each mask filled with what `mask` says, or without masks. */
const logits = (model: string, dropped: number, mode: 'training' | 'evaluation', mask?: (name: string) => number) =>
  withBackend('cpu', () =>
    tf.tidy(() => {
      const network = build(model, dropped);
      const weights = unflatten(tf.tensor1d(initialWeights(network, 1, 0)), network.parameters);
      const statistics = network.statisticCount > 0 ? unflatten(tf.tensor1d(initialStatistics(network)), network.statistics) : [];
      const masks = mask && network.masks.map(({ name, shape }) => tf.fill([2, ...shape], mask(name)));
      const x = tf.reshape(tf.linspace(-1, 1, 2 * 192), [2, 8, 8, 3]);
      const applied = network.apply(weights, statistics, x, mode, { masks });
      return { logits: [...applied.logits.dataSync()], last: [...applied.last.dataSync()] };
    }),
  );

describe('dropout', () => {
  it('lies after every hidden layer of an mlp, between the convolutions of a wrn’s blocks, else before the classifier', () => {
    const masks = (model: string, shape?: number[]) => build(model, 0.25, shape).masks;
    expect(masks('mlp-12-7')).toEqual([
      { name: 'hidden.1', shape: [12], dropout: 0.25 },
      { name: 'classifier', shape: [7], dropout: 0.25 },
    ]);
    expect(masks('wrn-10-2')).toEqual([
      { name: 'stage.0.block.0.dropout', shape: [8, 8, 32], dropout: 0.25 },
      { name: 'stage.1.block.0.dropout', shape: [4, 4, 64], dropout: 0.25 },
      { name: 'stage.2.block.0.dropout', shape: [2, 2, 128], dropout: 0.25 },
    ]);
    expect(masks('cnn-4')).toEqual([{ name: 'classifier', shape: [16], dropout: 0.25 }]);
    expect(masks('resnet-8')).toEqual([{ name: 'classifier', shape: [64], dropout: 0.25 }]);
    expect(masks('mobilenet-0.25')).toEqual([{ name: 'classifier', shape: [256], dropout: 0.25 }]);
    expect(masks('tcn-4', [12, 3])).toEqual([{ name: 'classifier', shape: [16], dropout: 0.25 }]);
  });

  it('changes neither parameters nor evaluation, and is not there where nothing is dropped', () => {
    for (const model of ['mlp-8-8', 'cnn-4', 'resnet-8', 'wrn-10-1']) {
      expect(build(model, 0).masks).toEqual([]);
      expect(build(model, 0.5).parameters).toEqual(build(model, 0).parameters);
      expect(logits(model, 0.5, 'evaluation')).toEqual(logits(model, 0, 'evaluation'));
      expect(logits(model, 0.5, 'training', () => 1)).toEqual(logits(model, 0, 'training'));
    }
  });

  it('multiplies by its masks: all features dropped leave the classifier’s bias, 0 at first', () => {
    for (const model of ['mlp-8-8', 'cnn-4', 'resnet-8']) {
      const dropped = logits(model, 0.5, 'training', (name) => (name === 'classifier' ? 0 : 1));
      expect(dropped.logits.every((z) => z === 0)).toBe(true);
      expect(dropped.last).toEqual(logits(model, 0, 'training').last);
    }
    const doubled = logits('cnn-4', 0.5, 'training', () => 2);
    doubled.logits.forEach((z, k) => {
      expect(z).toBeCloseTo(2 * (logits('cnn-4', 0, 'training').logits[k] as number), 5);
    });
  });

  it('cannot train without its masks', () => {
    expect(() => logits('cnn-4', 0.5, 'training')).toThrow('no tensor named classifier');
  });
});
