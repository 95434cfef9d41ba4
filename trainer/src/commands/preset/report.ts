import type { Metric } from '@studyhall/contract/deck/system.ts';
import { deckFigures } from '@studyhall/contract/measures/deck-figures.ts';
import type { Figure, Unit } from '@studyhall/contract/measures/measure.ts';
import { measureNamed, measures } from '@studyhall/contract/measures/registry.ts';
import { conclude } from '@studyhall/contract/statistics/conclude.ts';
import { pairBySeed, type SeedFigure } from '@studyhall/contract/statistics/pair-by-seed.ts';
import { type Spread, spread } from '@studyhall/contract/statistics/spread.ts';
import { figureOf } from '../../measures/figure-of.ts';
import type { FinishedRun } from '../run/finished-run.ts';
import type { Contrast, Preset, Side } from './deck.ts';

/** What the runs of a preset's groups came to, by group and seed. */
export type PresetResults = ReadonlyMap<string, ReadonlyMap<number, FinishedRun>>;

const deckFigure = (metric: string): Figure => {
  const figure = (deckFigures as Readonly<Record<string, Figure>>)[metric];
  if (figure === undefined) throw new Error(`the deck names a metric ${metric} that is not known here`);
  return figure;
};

const unitWords: Readonly<Record<Unit, string>> = { FRACTION: '', NATS: 'nats', LOGIT: 'logit', NUMBER: '' };

/** How a measure's values are printed. */
type Wording = { readonly factor: number; readonly digits: number; readonly unit: string };

const wordingOf = ({ measure: name }: Figure): Wording => {
  const { format, unit } = measureNamed(name) ?? { format: 'NUMBER', unit: 'NUMBER' };
  return format === 'PERCENT' ? { factor: 100, digits: 1, unit: 'points' } : { factor: 1, digits: 3, unit: unitWords[unit] };
};

const plusMinus = (statistic: Spread | null, { factor, digits }: Wording): string => {
  if (statistic === null) return '-';
  const [mean, sd] = [statistic.mean * factor, statistic.sd === null ? null : statistic.sd * factor];
  return sd === null ? mean.toFixed(digits) : `${mean.toFixed(digits)} ± ${sd.toFixed(digits)}`;
};

/** Accuracy on both splits, and what the registry says that tables show. */
const columns = (): readonly (readonly [name: string, figure: Figure])[] => [
  ['validation %', { measure: 'accuracy', split: 'VALIDATION' }],
  ['test %', { measure: 'accuracy', split: 'TEST' }],
  ...measures().flatMap(({ name, shortLabel, format, unit, shownOn }) => {
    const suffix = format === 'PERCENT' ? ' %' : unitWords[unit] && `, ${unitWords[unit]}`;
    return shownOn ? [[`${shortLabel.toLowerCase()}${suffix}`, { measure: name, split: shownOn }] as const] : [];
  }),
];

/** A row per network and ensemble of each group, mean ± sd over seeds; columns that hold nothing are left out. */
export const resultTable = ({ groups }: Preset, results: PresetResults): string => {
  const shown = columns();
  const rows = groups.flatMap(({ key, title }) => {
    const runs = [...(results.get(key)?.values() ?? [])];
    const [first] = runs;
    if (first === undefined) return [];
    const members: (number | null)[] = [...first.networks.map(({ index }) => index), ...(first.cohort === null ? [] : [null])];
    return members.map((network) => {
      const cell = (figure: Figure) => {
        const values = runs.flatMap((run) => figureOf(run, network, figure) ?? []);
        return plusMinus(spread(values), wordingOf(figure));
      };
      const name = network === null ? 'ensemble' : `network ${network}`;
      return [title, name, ...shown.map(([, figure]) => cell(figure)), String(runs.length)];
    });
  });
  const table = [['group', 'member', ...shown.map(([name]) => name), 'seeds'], ...rows];
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

const figuresOf = ({ group, network }: Side, results: PresetResults, figure: Figure): SeedFigure[] =>
  [...(results.get(group) ?? [])].flatMap(([seed, run]) => {
    const value = figureOf(run, network, figure);
    return value === null ? [] : [{ seed, value }];
  });

/** A contrast's differences by seed, and their mean ± sd. */
export const differenceOf = ({ of, against, metric }: Contrast, results: PresetResults): string => {
  const figure = deckFigure(metric);
  const { factor, digits, unit } = wordingOf(figure);
  const pairs = pairBySeed(figuresOf(of, results, figure), figuresOf(against, results, figure)).map(({ difference }) => difference);
  const what = `${of.name} against ${against.name}`;
  const statistic = spread(pairs);
  if (statistic === null) return `${what}: no seed on both sides`;
  const signed = (value: number) => `${value < 0 ? '−' : '+'}${Math.abs(value * factor).toFixed(digits)}`;
  const sd = statistic.sd === null ? '' : ` ± ${(statistic.sd * factor).toFixed(digits)}`;
  const split = metric.toLowerCase().replaceAll('_', ' ');
  return `${what}: ${signed(statistic.mean)}${sd} ${unit} of ${split}, mean ± sd over ${statistic.n} seeds (${pairs.map(signed).join(', ')})`;
};

/** What the runs say of a contrast, in the deck's own words. */
export const conclusionOf = (contrast: Contrast, { groups }: Preset, results: PresetResults): string => {
  const { of, against, metric, expected } = contrast;
  const figure = deckFigure(metric);
  const compared = { of, against, metric: metric as Metric, expected };
  const planned = groups.find(({ key }) => key === of.group)?.seeds.length ?? 0;
  return conclude(compared, planned, figuresOf(of, results, figure), figuresOf(against, results, figure)).sentence;
};
