import type { GroupCurvesQuery } from '@/generated/graphql.ts';
import { methodStyles } from '@/ui/chart/method-style.ts';
import { seedBand } from '@/ui/chart/seed-band.ts';
import type { Series } from '@/ui/chart/series.ts';

export type CurvesRun = GroupCurvesQuery['runs']['edges'][number]['node'];

/** Which of a group's curves is compared: a network by its index, or the ensemble. */
export type Member = number | 'ensemble';

/** A line per group, the mean over its seeds at each epoch, in a band of ± sd; of each seed the run that counts. `all`: whether these are all runs there are. */
export function groupBands(runs: readonly CurvesRun[], member: Member, all = true): Series[] {
  const groups = new Map<string, CurvesRun[]>();
  for (const run of runs) groups.set(run.groupKey, [...(groups.get(run.groupKey) ?? []), run]);
  const styles = methodStyles([...groups.values()].flatMap(([first]) => first?.method ?? []));
  return [...groups].map(([key, group], index) => {
    const { points, band, seeds } = seedBand(group.filter(({ counts }) => counts).map((run) => valuesOf(run, member)));
    const style = styles[index] ?? { colour: '--ink' };
    return { key, name: `${group[0]?.label ?? key} (n ${all ? '=' : '≥'} ${seeds})`, ...style, points, band };
  });
}

/** The members that any of the runs has rows for. */
export function membersIn(runs: readonly CurvesRun[]): Member[] {
  const networks = new Set(runs.flatMap((run) => run.metrics.epochs.map((row) => row.network)));
  const ensemble = runs.some((run) => run.metrics.cohort.some((row) => row.ensembleValidationAccuracy !== null));
  return [...[...networks].toSorted((one, other) => one - other), ...(ensemble ? (['ensemble'] as const) : [])];
}

function valuesOf({ metrics }: CurvesRun, member: Member): (readonly [epoch: number, accuracy: number | null])[] {
  if (member === 'ensemble') return metrics.cohort.map((row) => [row.epoch, row.ensembleValidationAccuracy] as const);
  return metrics.epochs.filter((row) => row.network === member).map((row) => [row.epoch, row.validationAccuracy] as const);
}
