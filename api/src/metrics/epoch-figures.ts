import type { Figure } from '@studyhall/contract/measures/measure.ts';
import { measureNamed } from '@studyhall/contract/measures/registry.ts';
import { groupBy } from '../group-by.ts';
import { cohort, none } from '../sql/measurements.ts';
import { type Asked, findMeasure, type Measured } from './final-figures.ts';
import type { MeasuredRow } from './page.ts';

/** One figure of an epoch's row that is no column; null where it was not measured. Of a pair there is none here. */
export async function epochFigure(row: MeasuredRow, { measure, split }: Figure): Promise<number | null> {
  const figures = await row.figures();
  return figures.find((one) => one.measure === measure && one.split === split && one.other === none)?.value ?? null;
}

/** What was measured at an epoch beyond the columns of its row; what this code has no entry for is left out. */
export async function epochFigures(row: MeasuredRow, asked: Asked): Promise<Measured[]> {
  if (asked.measure != null) findMeasure(asked.measure);
  return (await row.figures()).flatMap(({ measure: name, split, value, network, other }): Measured[] => {
    const measure = measureNamed(name);
    if (!measure || (asked.measure ?? name) !== name || (asked.split ?? split) !== split) return [];
    return [{ measure, split, value, pair: other === none ? null : [network, other] }];
  });
}

/** A measure of one network, or of the cohort (null), over epochs. */
export type MeasuredSeries = Omit<Measured, 'value'> & { network: number | null; epochs: number[]; values: number[] };

/** What was measured at a page's epochs, as columns: of each network, the cohort and its pairs. */
export async function epochSeries(page: MeasuredRow): Promise<MeasuredSeries[]> {
  const rows = groupBy(await page.figures(), ({ measure, split, network, other }) => `${measure} ${split} ${network} ${other}`);
  return [...rows.values()].flatMap((group): MeasuredSeries[] => {
    const [first] = group;
    const measure = first && measureNamed(first.measure);
    if (!measure) return [];
    const sorted = group.toSorted((one, later) => one.epoch - later.epoch);
    const pair = first.other === none ? null : ([first.network, first.other] as const);
    return [
      {
        measure,
        split: first.split,
        network: pair || first.network === cohort ? null : first.network,
        pair,
        epochs: sorted.map(({ epoch }) => epoch),
        values: sorted.map(({ value }) => value),
      },
    ];
  });
}
