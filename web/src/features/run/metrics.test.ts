import { describe, expect, it } from 'vitest';
import { type CohortRow, type EpochRow, mergeMetrics, noMetrics } from './metrics.ts';

const row = (network: number, epoch: number, trainLoss = 1): EpochRow => ({
  network,
  epoch,
  trainLoss,
  trainTerms: { crossEntropy: trainLoss },
  trainAccuracy: 0.5,
  validationLoss: null,
  validationAccuracy: null,
  learningRate: 0.1,
  imagesPerSecond: 100,
  seconds: 1,
});
const cohortRow = (epoch: number): CohortRow => ({
  epoch,
  ensembleValidationLoss: null,
  ensembleValidationAccuracy: 0.6,
});
type Page = Parameters<typeof mergeMetrics>[1];

const page = (
  revision: number,
  epochs: EpochRow[],
  removedAfterEpoch: number | null = null,
  cohort: CohortRow[] = [],
  series: Page['series'] = [],
) => ({
  revision,
  epochs,
  cohort,
  series,
  removedAfterEpoch,
});
const epochsOf = (metrics: ReturnType<typeof mergeMetrics>, network: number) => metrics.networks.get(network)?.map((each) => each.epoch);

describe('mergeMetrics', () => {
  it('adds rows in order, per network', () => {
    const first = mergeMetrics(noMetrics, page(3, [row(1, 1), row(0, 2), row(0, 1)], null, [cohortRow(1)]));
    const second = mergeMetrics(first, page(5, [row(0, 3)], null, [cohortRow(2)]));
    expect([...second.networks.keys()]).toEqual([0, 1]);
    expect(epochsOf(second, 0)).toEqual([1, 2, 3]);
    expect(second.cohort.map((each) => each.epoch)).toEqual([1, 2]);
    expect(second.revision).toBe(5);
  });

  it('holds a row once, however often it is sent', () => {
    const first = mergeMetrics(noMetrics, page(3, [row(0, 1, 2)]));
    const second = mergeMetrics(first, page(3, [row(0, 1, 2)]));
    expect(epochsOf(second, 0)).toEqual([1]);
  });

  it('removes first and adds then, when a run resumed from an older checkpoint', () => {
    const known = mergeMetrics(noMetrics, page(9, [row(0, 1), row(0, 2), row(0, 3), row(1, 3)], null, [cohortRow(2), cohortRow(3)]));
    const resumed = mergeMetrics(known, page(11, [row(0, 2, 7)], 1));
    expect(epochsOf(resumed, 0)).toEqual([1, 2]);
    expect(resumed.networks.get(0)?.[1]?.trainLoss).toBe(7);
    expect(resumed.networks.has(1)).toBe(false);
    expect(resumed.cohort).toEqual([]);
  });

  it('removes everything when a run starts again from scratch', () => {
    const known = mergeMetrics(noMetrics, page(9, [row(0, 1)]));
    expect(mergeMetrics(known, page(10, [], 0)).networks.size).toBe(0);
  });

  it('lets an older page change nothing', () => {
    const known = mergeMetrics(noMetrics, page(9, [row(0, 1)]));
    expect(mergeMetrics(known, page(4, [row(0, 5)], 0))).toBe(known);
  });

  it('takes what else was measured in with the rows, per network and split, and out with them', () => {
    const entropy = { name: 'entropy', label: 'Entropy', unit: 'NATS', format: 'NUMBER' } as const;
    const series = (network: number | null, epochs: number[]) => ({
      measure: entropy,
      split: 'VALIDATION' as const,
      network,
      pair: null,
      epochs,
      values: epochs.map((epoch) => epoch / 10),
    });
    const first = mergeMetrics(noMetrics, page(3, [row(0, 1)], null, [], [series(0, [1]), series(null, [1])]));
    const second = mergeMetrics(first, page(5, [row(0, 2), row(0, 3)], null, [], [series(0, [2, 3])]));
    const pointsOf = (metrics: typeof first) => [...metrics.series.values()].map(({ network, points }) => [network, points]);
    expect(pointsOf(second)).toEqual([
      [0, [1, 2, 3].map((epoch) => ({ epoch, value: epoch / 10 }))],
      [null, [{ epoch: 1, value: 0.1 }]],
    ]);
    const resumed = mergeMetrics(second, page(7, [row(0, 2)], 1, [], [series(0, [2])]));
    expect(resumed.series.get('entropy VALIDATION 0 ')?.points.map(({ epoch }) => epoch)).toEqual([1, 2]);
    expect(mergeMetrics(second, page(8, [], 0)).series.size).toBe(0);
  });
});
