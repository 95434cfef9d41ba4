import type { Method } from '@/generated/graphql.ts';
import { methodStyles } from '@/ui/chart/method-style.ts';
import type { Series } from '@/ui/chart/series.ts';
import { drawnMembers } from './drawn-members.ts';
import { memberName, metrics } from './metric.ts';
import type { PlotSettings } from './plot-settings.ts';
import type { Group as PresetGroup } from './use-system.ts';

type Group = Pick<PresetGroup, 'key' | 'title' | 'method' | 'x' | 'series' | 'results'>;
export type Sweep = { series: Series[]; low: number; high: number };

const titleOf = ({ x, series, title }: Group): string => (x === null ? title : (series ?? title));

/**
 * A line per series and member over the groups' x, each point the mean over seeds in a band of ± sd. A network that is alone at its x is
 * network and ensemble at once: it is a point of every line of its series. Groups without an x hold for all of them: they are drawn as
 * dashed lines across.
 */
export function sweepSeries(
  groups: readonly Group[],
  plot: { metric: PlotSettings['metric']; members: readonly (number | null)[] },
): Sweep {
  const places = groups.flatMap(({ x }) => x ?? []);
  const [low, high] = [Math.min(...places), Math.max(...places)];
  const drawn = groups.map((group) => ({ ...group, title: titleOf(group), results: drawnMembers(group, plot.members) }));
  /** Of a series' members, where it draws several of a group. */
  const namesIn = (title: string) =>
    new Set(
      drawn
        .filter((group) => group.title === title && group.results.length > 1)
        .flatMap((group) => group.results.map((result) => memberName(group, result))),
    );

  const lines = new Map<
    string,
    { name: string; method: Method; dashed: boolean; values: { x: number; mean: number; sd: number | null }[] }
  >();
  for (const group of drawn) {
    const shared = group.results.length === 1 ? [...namesIn(group.title)] : [];
    for (const result of group.results) {
      const value = metrics[plot.metric].of(result);
      if (!value) continue;
      const across = group.x === null;
      for (const name of shared.length > 0 ? shared : [memberName(group, result)]) {
        const line = lines.get(name) ?? { name, method: group.method, dashed: across, values: [] };
        for (const x of across ? [low, high] : [group.x ?? low]) line.values.push({ x, mean: value.mean, sd: across ? null : value.sd });
        lines.set(name, line);
      }
    }
  }
  const styles = methodStyles([...lines.values()].map(({ method }) => method));
  const series = [...lines.values()].map(({ name, dashed, values }, index): Series => {
    const sorted = values.toSorted((one, other) => one.x - other.x);
    return {
      key: name,
      name,
      colour: styles[index]?.colour ?? '--ink',
      dash: dashed ? 'dashed' : (styles[index]?.dash ?? 'solid'),
      marked: !dashed,
      points: sorted.map(({ x, mean }) => [x, mean] as const),
      band: sorted.flatMap(({ x, mean, sd }) => (sd === null ? [] : [[x, mean - sd, mean + sd] as const])),
    };
  });
  return { series, low, high };
}
