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
  validationLoss: 1.1,
  validationAccuracy: 0.5,
  learningRate: 0.1,
  imagesPerSecond: 100,
  seconds: 1,
});
const series = (name: string, split: 'TRAIN' | 'VALIDATION', network: number | null, pair: number[] | null = null) => ({
  measure: { name, label: name.toUpperCase(), unit: 'NATS', format: 'NUMBER' } as const,
  split,
  network,
  pair,
  epochs: [1, 2],
  values: [0.5, 0.25],
});
const metrics = mergeMetrics(noMetrics, {
  revision: 1,
  removedAfterEpoch: null,
  epochs: [row(0, 1), row(1, 1), row(0, 2)],
  cohort: [{ epoch: 1, ensembleValidationAccuracy: 0.6, ensembleValidationLoss: 1 }],
  series: [
    series('entropy', 'TRAIN', 0),
    series('entropy', 'VALIDATION', 0),
    series('entropy', 'VALIDATION', null),
    series('disagreement', 'VALIDATION', null),
    series('disagreement', 'VALIDATION', null, [0, 1]),
  ],
});
const all = { hidden: new Set<string>(), train: true };

describe('a run’s curves', () => {
  it('draws every figure that was measured, and each named term', () => {
    expect(curvesOf(metrics, members, all).map((curve) => curve.key)).toEqual([
      'accuracy',
      'loss',
      'term-crossEntropy',
      'term-mutual',
      'entropy',
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

  it('draws what the registry names: of networks, of the ensemble, of pairs, on whichever split', () => {
    const keys = (choice: Parameters<typeof curvesOf>[2]) =>
      curvesOf(metrics, members, choice).map(({ key, series }) => [key, series.map((one) => one.key)]);
    expect(keys(all)).toContainEqual(['entropy', ['n0 validation', 'ensemble validation', 'n0 train']]);
    expect(keys(all)).toContainEqual(['disagreement', ['ensemble validation', '0-1 VALIDATION']]);
    const some = keys({ hidden: new Set(['n1', 'ensemble']), train: false });
    expect(some).toContainEqual(['entropy', ['n0 validation']]);
    expect(some.map(([key]) => key)).not.toContain('disagreement');
    expect(curvesOf(metrics, members, all)[4]).toMatchObject({ title: 'ENTROPY', unit: 'nats', kind: 'number' });
  });

  it('leaves out hidden members and, if asked, training', () => {
    const accuracy = curvesOf(metrics, members, { hidden: new Set(['n1', 'ensemble']), train: false })[0];
    expect(accuracy?.series.map((series) => series.key)).toEqual(['n0 validation']);
  });

  it('keeps the first two charts in place while nothing is measured yet', () => {
    expect(curvesOf(noMetrics, members, all).map((curve) => curve.key)).toEqual(['accuracy', 'loss']);
  });
});
