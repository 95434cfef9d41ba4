import { describe, expect, it } from 'vitest';
import type { Result } from './run-figures.ts';
import { sweepSeries } from './sweep-series.ts';

const result = (network: number | null, mean: number, sd: number | null = null): Result => ({
  id: `${network}`,
  network,
  label: network === null ? 'Ensemble of 2' : `Network ${network}`,
  model: 'cnn',
  role: network === null ? null : 'STUDENT',
  runIds: ['run_1'],
  trainAccuracy: null,
  validationAccuracy: { mean, sd, n: sd === null ? 1 : 3 },
  testAccuracy: null,
  validationGain: null,
  testGain: null,
  entropy: null,
  testEntropy: null,
  withheldAccuracy: null,
  correctedWithheldAccuracy: null,
  biasCorrection: null,
  correctedAccuracy: null,
  measurements: [],
  seeds: [],
});
const group = (key: string, x: number | null, series: string | null, ...results: Result[]) => ({
  key,
  title: key,
  method: series === null ? ('INDEPENDENT' as const) : ('DISTILLATION' as const),
  x,
  series,
  results,
});
const plot = { metric: 'VALIDATION_ACCURACY', members: [] } as const;

describe('a sweep', () => {
  it('draws the groups of a series by their x, in a band of ± sd', () => {
    const { series, low, high } = sweepSeries([group('t4', 4, 'KD', result(0, 0.8, 0.02)), group('t1', 1, 'KD', result(0, 0.7))], plot);
    expect([low, high]).toEqual([1, 4]);
    expect(series).toHaveLength(1);
    expect(series[0]?.points).toEqual([
      [1, 0.7],
      [4, 0.8],
    ]);
    expect(series[0]?.band).toEqual([[4, 0.78, 0.8200000000000001]]);
  });

  it('draws a group without an x across, dashed and without a band', () => {
    const { series } = sweepSeries(
      [group('Alone', null, null, result(0, 0.6, 0.1)), group('t1', 1, 'KD', result(0, 0.7)), group('t8', 8, 'KD', result(0, 0.8))],
      plot,
    );
    expect(series[0]).toMatchObject({
      name: 'Alone',
      dash: 'dashed',
      points: [
        [1, 0.6],
        [8, 0.6],
      ],
      band: [],
    });
  });

  it('tells members apart where several are drawn, and leaves out those not asked for', () => {
    const groups = [group('k2', 2, 'DML', result(0, 0.6), result(1, 0.62), result(null, 0.7))];
    expect(sweepSeries(groups, { ...plot, members: [0, null] }).series.map(({ name }) => name)).toEqual([
      'DML, network 0',
      'DML, ensemble',
    ]);
    expect(sweepSeries(groups, { ...plot, members: [null] }).series.map(({ name }) => name)).toEqual(['DML']);
  });

  it('begins every line of a series with the network that is alone', () => {
    const groups = [group('k1', 1, 'DML', result(0, 0.5)), group('k2', 2, 'DML', result(0, 0.6), result(1, 0.62), result(null, 0.7))];
    const { series } = sweepSeries(groups, { ...plot, members: [0, null] });
    expect(series.map(({ name, points }) => [name, points])).toEqual([
      [
        'DML, network 0',
        [
          [1, 0.5],
          [2, 0.6],
        ],
      ],
      [
        'DML, ensemble',
        [
          [1, 0.5],
          [2, 0.7],
        ],
      ],
    ]);
  });

  it('waits for results', () => {
    expect(sweepSeries([group('t1', 1, 'KD')], plot).series).toEqual([]);
  });
});
