import { expect, it } from 'vitest';
import { overSeeds, type PlacedNetwork, type SeedAnswer } from './over-seeds.ts';
import type { AnalysisChart, AnalysisLine } from './result.ts';

const network = (group: string | null, index: number, seed: number, reference = false): PlacedNetwork => ({
  group,
  network: index,
  label: `${group} · cnn, seed ${seed}, network ${index}`,
  reference,
});
const line = (change: Partial<AnalysisLine>): AnalysisLine => {
  return { label: '', network: 0, split: 'TRAIN', values: [], low: null, high: null, ...change };
};
const chart = (x: number[], lines: AnalysisLine[], change: Partial<AnalysisChart> = {}): AnalysisChart => ({
  key: 'loss',
  title: 'Loss',
  x: { label: 'σ', logarithmic: false, values: x },
  y: { label: 'nats', percent: false },
  lines,
  ...change,
});
const answer = (seed: number, networks: PlacedNetwork[], result: Partial<SeedAnswer['result']>): SeedAnswer => ({
  seed,
  networks,
  result: { charts: [], tables: [], notes: [], ...result },
});
const pair = (group: string, seed: number) => [network(group, 0, seed), network(group, 1, seed)];

it('a line is the mean over seeds with its sd and their number, of each network of each group', () => {
  const asked = (group: string, seed: number, values: number[]) =>
    answer(seed, pair(group, seed), {
      charts: [chart([0, 1], [line({ values }), line({ network: 1, values: [9, null] })])],
    });
  const { charts } = overSeeds([asked('dml', 1, [1, 2]), asked('dml', 2, [3, 4]), asked('alone', 1, [5, 6])]);
  expect(charts).toHaveLength(1);
  expect(charts[0]?.lines.map(({ group, network: index, values }) => [group, index, values])).toEqual([
    [
      'dml',
      0,
      [
        { mean: 2, sd: Math.SQRT2, n: 2 },
        { mean: 3, sd: Math.SQRT2, n: 2 },
      ],
    ],
    ['dml', 1, [{ mean: 9, sd: 0, n: 2 }, null]],
    [
      'alone',
      0,
      [
        { mean: 5, sd: null, n: 1 },
        { mean: 6, sd: null, n: 1 },
      ],
    ],
    ['alone', 1, [{ mean: 9, sd: null, n: 1 }, null]],
  ]);
});

it('a seed counts once, by its newest answer; a group that is not looked at is left out', () => {
  const asked = (value: number) =>
    answer(1, [network('dml', 0, 1), network(null, 0, 1)], {
      charts: [chart([0], [line({ values: [value] }), line({ network: 1, values: [7] })])],
    });
  expect(overSeeds([asked(2), asked(4)]).charts[0]?.lines).toMatchObject([{ group: 'dml', values: [{ mean: 2, n: 1 }] }]);
});

it('a run of fewer epochs is a seed fewer where it has ended', () => {
  const asked = (seed: number, x: number[]) =>
    answer(seed, [network('dml', 0, seed)], { charts: [chart(x, [line({ values: x.map(() => seed) })])] });
  const [found] = overSeeds([asked(1, [1, 2]), asked(2, [1, 2, 3])]).charts;
  expect(found?.x.values).toEqual([1, 2, 3]);
  expect(found?.lines[0]?.values.map((value) => value?.n)).toEqual([2, 2, 1]);
});

it('names of runs and seeds give way to the network’s index; what is about others is another chart', () => {
  const between = (seed: number) =>
    `Loss between ${pair('dml', seed)
      .map(({ label }) => label)
      .join(' and ')}`;
  const asked = (seed: number, title: string) =>
    answer(seed, pair('dml', seed), {
      charts: [chart([0], [line({ network: null, label: 'as they are', values: [seed] })], { title })],
      tables: [{ key: 'rows', title, columns: [{ label: 'L2', percent: false }], rows: [{ label: 'stem', values: [seed] }] }],
      notes: [`Seed ${seed}.`, 'Said of all.'],
    });
  const { charts, tables, notes } = overSeeds([asked(1, between(1)), asked(2, between(2)), asked(2, 'Loss to its permuted copy')]);
  expect(charts.map(({ title, lines }) => [title, lines[0]?.values[0]?.n])).toEqual([
    ['Loss between network 0 and network 1', 2],
    ['Loss to its permuted copy', 1],
  ]);
  expect(tables[0]?.rows).toMatchObject([{ group: 'dml', label: 'stem', values: [{ mean: 1.5, n: 2 }] }]);
  expect(notes).toEqual(['Said of all.']);
});

it('of groups asked about together every row is its network’s, and the reference goes by that word', () => {
  const asked = (seed: number) => {
    const twin = network('alone', 0, seed);
    const networks = [twin, network('dml', 0, seed), { ...twin, reference: true }];
    const rows = [
      { label: networks[1]?.label ?? '', values: [seed] },
      { label: `${twin.label}, the reference`, values: [10] },
    ];
    return answer(seed, networks, {
      tables: [{ key: 't', title: `As uncertain as ${twin.label}`, columns: [{ label: 'T', percent: false }], rows }],
    });
  };
  const [table] = overSeeds([asked(1), asked(3)]).tables;
  expect(table?.title).toBe('As uncertain as its reference');
  expect(table?.rows.map(({ group, label, values }) => [group, label, values[0]?.mean])).toEqual([
    ['dml', 'network 0', 2],
    ['alone', 'network 0, the reference', 10],
  ]);
});
