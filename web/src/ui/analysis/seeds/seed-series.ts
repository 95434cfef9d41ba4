import type { AskedOverSeedsQuery, Method } from '@/generated/graphql.ts';
import { csv } from '@/lib/format/csv.ts';
import { methodStyles } from '@/ui/chart/method-style.ts';
import type { Series } from '@/ui/chart/series.ts';
import { bandLimits } from '../band-limits.ts';

export type Asked = AskedOverSeedsQuery['askedOverSeeds'][number];
export type SeedChart = Asked['charts'][number];
export type SeedTable = Asked['tables'][number];

/** A group as charts over seeds name and colour it. */
export type SeedGroup = { readonly groupKey: string; readonly title: string; readonly method: Method };

const dashes = ['solid', 'dashed', 'dotted'] as const;

/** Networks that any of the charts has a line of. */
export const networksIn = (charts: readonly SeedChart[]): number[] =>
  [...new Set(charts.flatMap(({ lines }) => lines.flatMap(({ network }) => network ?? [])))].toSorted((one, other) => one - other);

const countOf = (n: readonly number[]): string => {
  const known = n.filter((seeds) => seeds > 0);
  const [least, most] = [Math.min(...known), Math.max(...known)];
  return least === most ? `n = ${most}` : `n = ${least} to ${most}`;
};

/**
 * A chart's lines of one network, and those of no one network: the colour is the group's, by its method, as on all charts; training is dashed,
 * and what a group has several lines of is told by dashes.
 */
export function seedSeries({ lines, x, percent }: SeedChart, groups: readonly SeedGroup[], network: number | null): Series[] {
  const styles = methodStyles(groups.map(({ method }) => method));
  const { floor, ceiling } = bandLimits(
    lines.flatMap(({ mean }) => mean),
    percent,
  );
  const labels = [...new Set(lines.flatMap((line) => (line.network === null ? [line.label] : [])))];
  return groups.flatMap((group, place) =>
    lines
      .filter((line) => line.group === group.groupKey && (line.network === null || line.network === network))
      .map((line): Series => {
        const at = x.flatMap((value, k) => (line.mean[k] == null ? [] : [{ value, mean: line.mean[k], sd: line.sd[k] ?? null }]));
        const what = line.network === null ? line.label : line.split === null ? '' : words[line.split];
        const dash =
          line.network === null ? dashes[labels.indexOf(line.label) % dashes.length] : line.split === 'TRAIN' ? 'dashed' : 'solid';
        return {
          key: `${group.groupKey} ${line.network} ${line.split} ${line.label}`,
          name: `${group.title}${what === '' ? '' : `, ${what}`} (${countOf(line.n)})`,
          colour: styles[place]?.colour ?? '--ink',
          dash: dash ?? 'solid',
          points: at.map(({ value, mean }) => [value, mean] as const),
          band: at.flatMap(({ value, mean, sd }) =>
            sd === null ? [] : [[value, Math.max(floor, mean - sd), Math.min(ceiling, mean + sd)] as const],
          ),
        };
      }),
  );
}

const words = { TRAIN: 'training', VALIDATION: 'validation', TEST: 'test' } as const;

/** All lines of a chart, of every network: a row for each of their points. */
export const seedChartCsv = ({ lines, x, xLabel, xNames }: SeedChart, groups: readonly SeedGroup[]): string =>
  csv([
    ['group', 'network', 'split', 'line', xLabel, 'mean', 'sd', 'n'],
    ...lines.flatMap(({ group, network, split, label, mean, sd, n }) =>
      x.map((value, k) => [
        groups.find(({ groupKey }) => groupKey === group)?.title ?? group,
        network,
        split,
        label,
        xNames?.[k] ?? value,
        mean[k] ?? null,
        sd[k] ?? null,
        n[k] ?? null,
      ]),
    ),
  ]);

export const seedTableCsv = ({ columns, rows }: SeedTable, groups: readonly SeedGroup[]): string =>
  csv([
    ['group', 'row', ...columns.flatMap(({ label }) => [label, `${label}, sd`, `${label}, n`])],
    ...rows.map(({ group, label, mean, sd, n }) => [
      groups.find(({ groupKey }) => groupKey === group)?.title ?? group,
      label,
      ...mean.flatMap((value, k) => [value, sd[k] ?? null, n[k] ?? null]),
    ]),
  ]);
