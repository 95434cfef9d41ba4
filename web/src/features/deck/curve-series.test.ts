import { describe, expect, it } from 'vitest';
import { curveSeries } from './curve-series.ts';

const run = (seed: number, accuracies: [first: number, second: number][], ensemble: number[] = []) => ({
  id: `run_${seed}`,
  seed,
  counts: true,
  epochs: accuracies.length,
  metrics: {
    revision: 1,
    epochs: accuracies.flatMap((pair, index) =>
      pair.map((validationAccuracy, network) => ({
        network,
        epoch: index + 1,
        trainAccuracy: 1,
        validationAccuracy,
        validationEntropy: 0.3,
      })),
    ),
    cohort: ensemble.map((ensembleValidationAccuracy, index) => ({ epoch: index + 1, ensembleValidationAccuracy })),
    series: [{ measure: { name: 'probeEntropy' }, split: 'TRAIN' as const, network: 1, epochs: [1, 2], values: [seed, seed + 2] }],
  },
});
const group = { key: 'dml', method: 'MUTUAL' as const, runs: [run(1, [[0.5, 0.4]], [0.6]), run(2, [[0.7, 0.4]], [0.8])] };
const asked = { metric: 'VALIDATION_ACCURACY', members: [], titles: new Map([['dml', 'DML']]) } as const;

describe('curves of a preset', () => {
  it('draws each network of a group, the mean over its seeds', () => {
    const series = curveSeries([group], asked);
    expect(series.map(({ name }) => name)).toEqual(['DML, network 0 (n = 2)', 'DML, network 1 (n = 2)']);
    expect(series[0]?.points[0]?.[1]).toBeCloseTo(0.6);
    expect(series[0]?.band?.[0]?.[2]).toBeCloseTo(0.6 + Math.SQRT1_2 * 0.2);
    expect(series[0]?.colour).toBe(series[1]?.colour);
  });

  it('draws of a seed that was run again the run that counts, not the one that failed early', () => {
    const failed = { ...run(2, [[0.1, 0.1]]), id: 'run_failed', counts: false };
    const [first, second] = group.runs as [ReturnType<typeof run>, ReturnType<typeof run>];
    expect(curveSeries([{ ...group, runs: [first, failed, second] }], asked)).toEqual(curveSeries([group], asked));
  });

  it('draws the ensemble where it is asked for, and nothing that was not measured', () => {
    expect(curveSeries([group], { ...asked, members: [null] })[0]?.points).toEqual([[1, 0.7]]);
    expect(curveSeries([group], { ...asked, metric: 'VALIDATION_ENTROPY', members: [null] })).toEqual([]);
    expect(curveSeries([group], { ...asked, metric: 'TEST_ACCURACY' })).toEqual([]);
  });

  it('draws a measure that has no column of its own', () => {
    const series = curveSeries([group], { ...asked, metric: 'PROBE_ENTROPY' });
    expect(series.map(({ name, points }) => [name, points])).toEqual([
      [
        'DML, network 1 (n = 2)',
        [
          [1, 1.5],
          [2, 3.5],
        ],
      ],
    ]);
  });
});
