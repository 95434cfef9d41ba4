import { pairBySeed, type SeedFigure } from '@studyhall/contract/statistics/pair-by-seed.ts';
import { type Spread, spread } from '@studyhall/contract/statistics/spread.ts';
import type { FinishedRun } from '../run/output-folder.ts';
import type { Contrast, Preset, Side } from './deck.ts';

/** What the runs of a preset's groups came to, by group and seed. */
export type PresetResults = ReadonlyMap<string, ReadonlyMap<number, FinishedRun>>;

type Measure = {
  readonly unit: string;
  /** From the value to what is printed. */
  readonly factor: number;
  readonly digits: number;
  readonly network: (result: FinishedRun['networks'][number]) => number | null;
  readonly ensemble: (result: NonNullable<FinishedRun['cohort']>) => number | null;
};

const points = { unit: 'points', factor: 100, digits: 1 };
const nats = { unit: 'nats', factor: 1, digits: 3 };

/** The deck's metrics. */
const MEASURES: Readonly<Record<string, Measure>> = {
  VALIDATION_ACCURACY: {
    ...points,
    network: ({ validationAccuracy }) => validationAccuracy,
    ensemble: ({ ensembleValidationAccuracy }) => ensembleValidationAccuracy,
  },
  TEST_ACCURACY: { ...points, network: ({ testAccuracy }) => testAccuracy, ensemble: ({ ensembleTestAccuracy }) => ensembleTestAccuracy },
  VALIDATION_ENTROPY: {
    ...nats,
    network: ({ validationEntropy }) => validationEntropy,
    ensemble: ({ ensembleValidationEntropy }) => ensembleValidationEntropy,
  },
  TEST_ENTROPY: { ...nats, network: ({ testEntropy }) => testEntropy, ensemble: () => null },
  WITHHELD_ACCURACY: { ...points, network: ({ withheldAccuracy }) => withheldAccuracy, ensemble: () => null },
  CORRECTED_WITHHELD_ACCURACY: { ...points, network: ({ correctedWithheldAccuracy }) => correctedWithheldAccuracy, ensemble: () => null },
};

const measureOf = (metric: string): Measure => {
  const measure = MEASURES[metric];
  if (measure === undefined) throw new Error(`the deck names a metric ${metric} that is not known here`);
  return measure;
};

const figureOf = (run: FinishedRun, network: number | null, { network: own, ensemble }: Measure): number | null => {
  if (network === null) return run.cohort === null ? null : ensemble(run.cohort);
  const result = run.networks.find(({ index }) => index === network);
  return result === undefined ? null : own(result);
};

const plusMinus = (statistic: Spread | null, { factor, digits }: Measure): string => {
  if (statistic === null) return '-';
  const [mean, sd] = [statistic.mean * factor, statistic.sd === null ? null : statistic.sd * factor];
  return sd === null ? mean.toFixed(digits) : `${mean.toFixed(digits)} ± ${sd.toFixed(digits)}`;
};

const COLUMNS = [
  ['validation %', 'VALIDATION_ACCURACY'],
  ['test %', 'TEST_ACCURACY'],
  ['entropy, nats', 'VALIDATION_ENTROPY'],
  ['withheld %', 'WITHHELD_ACCURACY'],
  ['corrected %', 'CORRECTED_WITHHELD_ACCURACY'],
] as const;

/** A row per network and ensemble of each group, mean ± sd over seeds; columns that hold nothing are left out. */
export const resultTable = ({ groups }: Preset, results: PresetResults): string => {
  const rows = groups.flatMap(({ key, title }) => {
    const runs = [...(results.get(key)?.values() ?? [])];
    const [first] = runs;
    if (first === undefined) return [];
    const members: (number | null)[] = [...first.networks.map(({ index }) => index), ...(first.cohort === null ? [] : [null])];
    return members.map((network) => {
      const cell = (metric: string) => {
        const values = runs.flatMap((run) => figureOf(run, network, measureOf(metric)) ?? []);
        return plusMinus(spread(values), measureOf(metric));
      };
      const name = network === null ? 'ensemble' : `network ${network + 1}`;
      return [title, name, ...COLUMNS.map(([, metric]) => cell(metric)), String(runs.length)];
    });
  });
  const table = [['group', 'member', ...COLUMNS.map(([name]) => name), 'seeds'], ...rows];
  const kept = (table[0] ?? []).map((_, column) => rows.some((row) => row[column] !== '-'));
  return align(table.map((row) => row.filter((_, column) => kept[column])));
};

const align = (rows: readonly (readonly string[])[]): string => {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
};

const figuresOf = ({ group, network }: Side, results: PresetResults, measure: Measure): SeedFigure[] =>
  [...(results.get(group) ?? [])].flatMap(([seed, run]) => {
    const value = figureOf(run, network, measure);
    return value === null ? [] : [{ seed, value }];
  });

/** A contrast's differences by seed, and their mean ± sd. */
export const differenceOf = ({ of, against, metric }: Contrast, results: PresetResults): string => {
  const measure = measureOf(metric);
  const pairs = pairBySeed(figuresOf(of, results, measure), figuresOf(against, results, measure)).map(({ difference }) => difference);
  const what = `${of.name} against ${against.name}`;
  const statistic = spread(pairs);
  if (statistic === null) return `${what}: no seed on both sides`;
  const signed = (value: number) => `${value < 0 ? '−' : '+'}${Math.abs(value * measure.factor).toFixed(measure.digits)}`;
  const sd = statistic.sd === null ? '' : ` ± ${(statistic.sd * measure.factor).toFixed(measure.digits)}`;
  const split = metric.toLowerCase().replaceAll('_', ' ');
  return `${what}: ${signed(statistic.mean)}${sd} ${measure.unit} of ${split}, mean ± sd over ${statistic.n} seeds (${pairs.map(signed).join(', ')})`;
};
