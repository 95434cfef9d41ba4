import type { GroupCurvesQuery } from '@/generated/graphql.ts';
import { accuracyOf, type Member } from '@/lib/runs/members.ts';
import { methodStyles } from '@/ui/chart/method-style.ts';
import { seedBand } from '@/ui/chart/seed-band.ts';
import type { Series } from '@/ui/chart/series.ts';

export type CurvesRun = GroupCurvesQuery['runs']['edges'][number]['node'];

/** A line per group, the mean over its seeds at each epoch, in a band of ± sd; of each seed the run that counts. `all`: whether these are all runs there are. */
export function groupBands(runs: readonly CurvesRun[], member: Member, all = true): Series[] {
  const groups = new Map<string, CurvesRun[]>();
  for (const run of runs) groups.set(run.groupKey, [...(groups.get(run.groupKey) ?? []), run]);
  const styles = methodStyles([...groups.values()].flatMap(([first]) => first?.method ?? []));
  return [...groups].map(([key, group], index) => {
    const { points, band, seeds } = seedBand(group.filter(({ counts }) => counts).map((run) => accuracyOf(run, member)));
    const style = styles[index] ?? { colour: '--ink' };
    return { key, name: `${group[0]?.label ?? key} (n ${all ? '=' : '≥'} ${seeds})`, ...style, points, band };
  });
}
