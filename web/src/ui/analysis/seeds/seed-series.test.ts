import { expect, it } from 'vitest';
import { networksIn, type SeedChart, seedChartCsv, seedSeries } from './seed-series.ts';

const groups = [
  { groupKey: 'a', title: 'Independent', method: 'INDEPENDENT' },
  { groupKey: 'b', title: 'DML', method: 'MUTUAL' },
] as const;
const line = { split: 'TRAIN' as const, label: 'network 0', mean: [1, 2], sd: [0.5, null], n: [3, 1] };
const chart: SeedChart = {
  key: 'loss',
  title: 'Loss',
  xLabel: 'σ',
  xLogarithmic: false,
  x: [0, 1],
  xNames: null,
  yLabel: 'nats',
  percent: false,
  lines: [
    { ...line, group: 'b', network: 0 },
    { ...line, group: 'a', network: 0, split: 'VALIDATION' },
    { ...line, group: 'a', network: 1 },
    { ...line, group: 'a', network: null, label: 'raw' },
    { ...line, group: 'a', network: null, label: 'aligned', mean: [null, 4], n: [0, 3] },
  ],
};

it('lines are of one network and of none, in the order and the colours of the groups, with how many seeds they rest on', () => {
  const series = seedSeries(chart, groups, 0);
  expect(series.map(({ name, dash }) => [name, dash])).toEqual([
    ['Independent, validation (n = 1 to 3)', 'solid'],
    ['Independent, raw (n = 1 to 3)', 'solid'],
    ['Independent, aligned (n = 3)', 'dashed'],
    ['DML, training (n = 1 to 3)', 'dashed'],
  ]);
  expect(series[0]?.colour).not.toBe(series[3]?.colour);
  expect(series[2]?.points).toEqual([[1, 4]]);
  // A band where two seeds and more have a value.
  expect(series[3]?.band).toEqual([[0, 0.5, 1.5]]);
  expect(networksIn([chart])).toEqual([0, 1]);
});

it('the table of a chart holds all of its lines', () => {
  const rows = seedChartCsv(chart, groups).trimEnd().split('\r\n');
  expect(rows).toHaveLength(1 + 5 * 2);
  expect(rows[1]).toBe('DML,0,TRAIN,network 0,0,1,0.5,3');
});

it('bands do not leave what their values can be', () => {
  const wide = { ...line, group: 'a', network: 0, mean: [0.1, 0.9], sd: [0.5, 0.5], n: [3, 3] };
  expect(seedSeries({ ...chart, percent: true, lines: [wide] }, groups, 0)[0]?.band).toEqual([
    [0, 0, 0.6],
    [1, 0.4, 1],
  ]);
  expect(seedSeries({ ...chart, lines: [{ ...wide, mean: [-0.1, 0.9] }] }, groups, 0)[0]?.band?.[0]?.[1]).toBeCloseTo(-0.6);
});
