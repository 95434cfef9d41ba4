import type { GroupCurvesQuery } from '@/generated/graphql.ts';
import { summarise } from '@/lib/statistics/interval.ts';
import { type Series, seriesColour } from '@/ui/chart/series.ts';

export type CurvesRun = GroupCurvesQuery['runs']['edges'][number]['node'];

/** Which of a group's curves is compared: a network by its index, or the ensemble. */
export type Member = number | 'ensemble';

/** A line per group, the mean over its seeds at each epoch, in a band of ± sd. A seed that was run twice counts once. */
export function groupBands(runs: readonly CurvesRun[], member: Member): Series[] {
  const groups = new Map<string, CurvesRun[]>();
  for (const run of runs) {
    const group = groups.get(run.groupKey) ?? [];
    if (!group.some((other) => other.seed === run.seed)) group.push(run);
    groups.set(run.groupKey, group);
  }
  return [...groups].map(([key, group], index) => {
    const statistics = [...valuesByEpoch(group, member)]
      .toSorted(([one], [other]) => one - other)
      .flatMap(([epoch, values]) => {
        const statistic = summarise(values);
        return statistic ? [{ epoch, ...statistic }] : [];
      });
    const seeds = group.length;
    return {
      key,
      name: `${group[0]?.label ?? key} (n = ${seeds})`,
      colour: seriesColour(index),
      points: statistics.map(({ epoch, mean }) => [epoch, mean] as const),
      band: statistics.flatMap(({ epoch, mean, sd }) => (sd === null ? [] : [[epoch, mean - sd, mean + sd] as const])),
    };
  });
}

/** The members that any of the runs has rows for. */
export function membersIn(runs: readonly CurvesRun[]): Member[] {
  const networks = new Set(runs.flatMap((run) => run.metrics.epochs.map((row) => row.network)));
  const ensemble = runs.some((run) => run.metrics.cohort.some((row) => row.ensembleValidationAccuracy !== null));
  return [...[...networks].toSorted((one, other) => one - other), ...(ensemble ? (['ensemble'] as const) : [])];
}

function valuesByEpoch(runs: readonly CurvesRun[], member: Member): Map<number, number[]> {
  const values = new Map<number, number[]>();
  const add = (epoch: number, value: number | null) => {
    if (value !== null) values.set(epoch, [...(values.get(epoch) ?? []), value]);
  };
  for (const run of runs) {
    if (member === 'ensemble') for (const row of run.metrics.cohort) add(row.epoch, row.ensembleValidationAccuracy);
    else for (const row of run.metrics.epochs) if (row.network === member) add(row.epoch, row.validationAccuracy);
  }
  return values;
}
