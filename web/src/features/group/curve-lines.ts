import type { Method, SeedCurvesOfGroupQuery } from '@/generated/graphql.ts';
import { accuracyOf, type Member } from '@/lib/runs/members.ts';
import { methodColour } from '@/ui/chart/method-style.ts';
import { seedBand } from '@/ui/chart/seed-band.ts';
import type { Series } from '@/ui/chart/series.ts';

export type CurvesRun = SeedCurvesOfGroupQuery['runs']['edges'][number]['node'];

/**
 * A faint line per seed, the mean over them in its band of ± sd, and the twin's mean beside it, in the colours of their methods. Of each seed
 * the run that counts.
 */
export function curveLines(method: Method, runs: readonly CurvesRun[], twin: readonly CurvesRun[], member: Member): Series[] {
  const colour = methodColour(method);
  const own = runs.filter(({ counts }) => counts);
  const mean = seedBand(own.map((run) => accuracyOf(run, member)));
  const alone = seedBand(twin.filter(({ counts }) => counts).map((run) => accuracyOf(run, member)));
  const lines: Series[] = [
    ...own.map(
      (run): Series => ({
        key: run.id,
        name: `seed ${run.seed}`,
        colour,
        width: 1,
        faint: true,
        points: accuracyOf(run, member).flatMap(([epoch, value]) => (value === null ? [] : [[epoch, value] as const])),
      }),
    ),
    { key: 'mean', name: `mean of ${seedCount(mean.seeds)}`, colour, width: 2.5, points: mean.points, band: mean.band },
    {
      key: 'twin',
      name: `independent twin, mean of ${seedCount(alone.seeds)}`,
      colour: methodColour('INDEPENDENT'),
      dash: 'dashed',
      points: alone.points,
      band: alone.band,
    },
  ];
  return lines.filter(({ points }) => points.length > 0);
}

const seedCount = (seeds: number) => (seeds === 1 ? '1 seed' : `${seeds} seeds`);
