import type { SeedCurvesOfGroupQuery } from '@/generated/graphql.ts';
import { type SeedCurve, seedBand } from '@/ui/chart/seed-band.ts';
import { type Series, seriesColour } from '@/ui/chart/series.ts';

export type CurvesRun = SeedCurvesOfGroupQuery['runs']['edges'][number]['node'];

/** Which curves are drawn: a network's by its index, or the ensemble's. */
export type Member = number | 'ensemble';

/** The members that any of the runs has rows for. */
export function membersIn(runs: readonly CurvesRun[]): Member[] {
  const networks = new Set(runs.flatMap((run) => run.metrics.epochs.map(({ network }) => network)));
  const ensemble = runs.some((run) => run.metrics.cohort.some((row) => row.ensembleValidationAccuracy !== null));
  return [...[...networks].toSorted((a, b) => a - b), ...(ensemble ? (['ensemble'] as const) : [])];
}

/** A faint line per seed, the mean over them in its band of ± sd, and the twin's mean beside it. Of each seed the run that counts. */
export function curveLines(runs: readonly CurvesRun[], twin: readonly CurvesRun[], member: Member): Series[] {
  const own = runs.filter(({ counts }) => counts);
  const mean = seedBand(own.map((run) => valuesOf(run, member)));
  const alone = seedBand(twin.filter(({ counts }) => counts).map((run) => valuesOf(run, member)));
  const lines: Series[] = [
    ...own.map(
      (run): Series => ({
        key: run.id,
        name: `seed ${run.seed}`,
        colour: seriesColour(0),
        width: 1,
        faint: true,
        points: valuesOf(run, member).flatMap(([epoch, value]) => (value === null ? [] : [[epoch, value] as const])),
      }),
    ),
    { key: 'mean', name: `mean of ${seedCount(mean.seeds)}`, colour: seriesColour(0), width: 2.5, points: mean.points, band: mean.band },
    {
      key: 'twin',
      name: `independent twin, mean of ${seedCount(alone.seeds)}`,
      colour: seriesColour(7),
      dash: 'dashed',
      points: alone.points,
      band: alone.band,
    },
  ];
  return lines.filter(({ points }) => points.length > 0);
}

const seedCount = (seeds: number) => (seeds === 1 ? '1 seed' : `${seeds} seeds`);

function valuesOf({ metrics }: CurvesRun, member: Member): SeedCurve {
  if (member === 'ensemble') return metrics.cohort.map((row) => [row.epoch, row.ensembleValidationAccuracy] as const);
  return metrics.epochs.filter(({ network }) => network === member).map((row) => [row.epoch, row.validationAccuracy] as const);
}
