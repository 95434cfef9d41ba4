import { describe, expect, it } from 'vitest';
import { curvesOf } from './curves.ts';
import { mergeMetrics, noMetrics } from './metrics.ts';
import type { Member } from './network-names.ts';

const members: Member[] = [
  { key: 'n0', index: 0, name: 'net 0', colour: '--series-1' },
  { key: 'n1', index: 1, name: 'net 1', colour: '--series-2' },
  { key: 'ensemble', index: null, name: 'ensemble', colour: '--ink' },
];
const row = (network: number, epoch: number) => ({
  network,
  epoch,
  trainLoss: 1,
  trainTerms: { crossEntropy: 0.7, mutual: 0.3 },
  trainAccuracy: 0.4,
  trainEntropy: null,
  validationLoss: 1.1,
  validationAccuracy: 0.5,
  validationEntropy: null,
  learningRate: 0.1,
  imagesPerSecond: 100,
  seconds: 1,
});
const metrics = mergeMetrics(noMetrics, {
  revision: 1,
  removedAfterEpoch: null,
  epochs: [row(0, 1), row(1, 1), row(0, 2)],
  cohort: [{ epoch: 1, ensembleValidationAccuracy: 0.6, ensembleValidationLoss: 1, disagreement: 0.2 }],
});
const all = { hidden: new Set<string>(), train: true };

describe('a run’s curves', () => {
  it('draws every figure that was measured, and each named term', () => {
    expect(curvesOf(metrics, members, all).map((curve) => curve.key)).toEqual([
      'accuracy',
      'loss',
      'term-crossEntropy',
      'term-mutual',
      'disagreement',
      'rate',
    ]);
  });

  it('has a line per network, for training too, and one for the ensemble', () => {
    const accuracy = curvesOf(metrics, members, all)[0];
    expect(accuracy?.series.map((series) => series.key)).toEqual([
      'n0 validation',
      'n1 validation',
      'ensemble validation',
      'n0 train',
      'n1 train',
    ]);
    expect(accuracy?.series[0]?.points).toEqual([
      [1, 0.5],
      [2, 0.5],
    ]);
  });

  it('leaves out hidden members and, if asked, training', () => {
    const accuracy = curvesOf(metrics, members, { hidden: new Set(['n1', 'ensemble']), train: false })[0];
    expect(accuracy?.series.map((series) => series.key)).toEqual(['n0 validation']);
  });

  it('keeps the first two charts in place while nothing is measured yet', () => {
    expect(curvesOf(noMetrics, members, all).map((curve) => curve.key)).toEqual(['accuracy', 'loss']);
  });
});
