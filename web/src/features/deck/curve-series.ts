import { deckFigures } from '@studyhall/contract/measures/deck-figures.ts';
import type { DeckCurvesQuery } from '@/generated/graphql.ts';
import { methodStyles } from '@/ui/chart/method-style.ts';
import { seedBand } from '@/ui/chart/seed-band.ts';
import type { Series } from '@/ui/chart/series.ts';
import type { metrics } from './metric.ts';

type Group = NonNullable<DeckCurvesQuery['deckSystem']>['preset']['groups'][number];
type Run = Group['runs'][number];

/** What of an epoch's row a metric is; test figures are read once, at the end, and have no curve. */
const rowOf: Partial<Record<keyof typeof metrics, (row: Run['metrics']['epochs'][number]) => number | null>> = {
  VALIDATION_ACCURACY: (row) => row.validationAccuracy,
  TRAIN_ACCURACY: (row) => row.trainAccuracy,
  VALIDATION_ENTROPY: (row) => row.validationEntropy,
};

type Asked = { metric: keyof typeof metrics; members: readonly (number | null)[]; titles: ReadonlyMap<string, string> };

/** A line per group and member: the mean over seeds at each epoch in a band of ± sd, of each seed the run that counts. A group keeps its colour, its members differ by their dashes. */
export function curveSeries(groups: readonly Group[], { metric, members, titles }: Asked): Series[] {
  const styles = methodStyles(groups.map(({ method }) => method));
  return groups.flatMap((group, index) => {
    const runs = group.runs.filter(({ counts, metrics }) => counts && metrics.epochs.length > 0);
    const networks = [...new Set(runs.flatMap((run) => run.metrics.epochs.map(({ network }) => network)))].toSorted((a, b) => a - b);
    const all: (number | null)[] = members.length > 0 ? [...members] : networks;
    return all.flatMap((member, place): Series[] => {
      const { points, band, seeds: n } = seedBand(runs.map((run) => valuesOf(run, member, metric)));
      if (points.length === 0) return [];
      const title = titles.get(group.key) ?? group.key;
      const who = all.length < 2 ? '' : member === null ? ', ensemble' : `, network ${member}`;
      return [
        {
          key: `${group.key} ${member}`,
          name: `${title}${who} (n = ${n})`,
          colour: styles[index]?.colour ?? '--ink',
          dash: (['solid', 'dashed', 'dotted'] as const)[place % 3] ?? 'solid',
          points,
          band,
        },
      ];
    });
  });
}

function valuesOf(run: Run, member: number | null, metric: keyof typeof metrics): (readonly [number, number | null])[] {
  if (member === null) {
    if (metric !== 'VALIDATION_ACCURACY') return [];
    return run.metrics.cohort.map((row) => [row.epoch, row.ensembleValidationAccuracy] as const);
  }
  const of = rowOf[metric];
  if (!of && metric in deckFigures) {
    const { measure, split } = deckFigures[metric as keyof typeof deckFigures];
    const own = run.metrics.series.find((one) => one.measure.name === measure && one.split === split && one.network === member);
    return own?.epochs.map((epoch, k) => [epoch, own.values[k] ?? null] as const) ?? [];
  }
  return of ? run.metrics.epochs.filter(({ network }) => network === member).map((row) => [row.epoch, of(row)] as const) : [];
}
