import type { Figure, Measure, Split } from '@studyhall/contract/measures/measure.ts';
import { type Estimate, estimate } from '@studyhall/contract/statistics/estimate.ts';
import { type Asked, type FinalLoader, finalFigure, finalFigures } from '../metrics/final-figures.ts';
import type { BoardPoint } from '../sql/leaderboard.ts';

const subjectOf = (point: BoardPoint) => ({ runId: point.runId, network: point.network, columns: point });

/** One seed's figure. */
export const pointFigure = (point: BoardPoint, figure: Figure, load: FinalLoader) => finalFigure(subjectOf(point), figure, load);

/** A figure of each seed that has it. */
export async function seedFigures(points: readonly BoardPoint[], figure: Figure, load: FinalLoader) {
  const values = await Promise.all(points.map((point) => pointFigure(point, figure, load)));
  return points.flatMap(({ seed, runId }, i) => {
    const value = values[i] ?? null;
    return value === null ? [] : [{ seed, runId, value }];
  });
}

/** A figure over seeds: mean, sample sd and interval; null where no seed has it. */
export async function rowFigure(points: readonly BoardPoint[], figure: Figure, load: FinalLoader): Promise<Estimate | null> {
  return estimate((await seedFigures(points, figure, load)).map(({ value }) => value));
}

export type RowMeasured = { measure: Measure; split: Split; statistic: Estimate; seeds: { seed: number; value: number }[] };

/** All that was measured of a row's network or ensemble, over seeds; its pairs are left out. */
export async function rowFigures(points: readonly BoardPoint[], asked: Asked, load: FinalLoader): Promise<RowMeasured[]> {
  const bySeed = await Promise.all(points.map((point) => finalFigures(subjectOf(point), asked, load)));
  const rows = new Map<string, Omit<RowMeasured, 'statistic'>>();
  bySeed.forEach((figures, i) => {
    for (const { measure, split, value, pair } of figures) {
      if (pair) continue;
      const key = `${measure.name} ${split}`;
      const row = rows.get(key) ?? { measure, split, seeds: [] };
      row.seeds.push({ seed: points[i]?.seed ?? 0, value });
      rows.set(key, row);
    }
  });
  return [...rows.values()].flatMap((row) => {
    const statistic = estimate(row.seeds.map(({ value }) => value));
    return statistic ? [{ ...row, statistic }] : [];
  });
}
