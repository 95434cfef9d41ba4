import { columnOf } from '@studyhall/contract/measures/column-of.ts';
import type { Figure, Measure, Split } from '@studyhall/contract/measures/measure.ts';
import { measureNamed, measures } from '@studyhall/contract/measures/registry.ts';
import { badInput } from '../errors.ts';
import { cohort, none, type RunMeasurement } from '../sql/measurements.ts';

/** Reads final figures of runs together: those of one measure on one split, or all. */
export type FinalLoader = (figure?: Figure) => { load(runId: string): Promise<readonly RunMeasurement[]> };

/** Whose final figures are asked for: a network of a run by its index, or its cohort; and what its columns hold. */
export type Subject = { runId: string; network: number; columns: object };

/** What is asked for; what is left out may be any. */
export type Asked = { measure?: string | null | undefined; split?: Split | null | undefined };

/** `pair`: the two networks that it is about. */
export type Measured = { measure: Measure; split: Split; value: number; pair: readonly [number, number] | null };

/** @throws BAD_INPUT for a name that no measure has. */
export function findMeasure(name: string): Measure {
  const measure = measureNamed(name);
  if (measure) return measure;
  const known = measures().map((one) => one.name);
  throw badInput(`There is no measure "${name}"; there are ${known.join(', ')}.`);
}

/** The final figures of a network or a cohort, by measure and split; of a cohort those of its pairs, too. */
export async function finalFigures(subject: Subject, { measure, split }: Asked, load: FinalLoader): Promise<Measured[]> {
  const asked = measure == null ? measures() : [findMeasure(measure)];
  const stored = asked.some(({ column }) => column === undefined) ? await load().load(subject.runId) : [];
  return asked.flatMap((one) =>
    one.splits.flatMap((on): Measured[] => {
      if (split != null && on !== split) return [];
      if (one.column) {
        const value = columnOf(subject.columns, one.column, on);
        return value === null ? [] : [{ measure: one, split: on, value, pair: null }];
      }
      return stored
        .filter((row) => row.measure === one.name && row.split === on && isOf(row, subject))
        .map(({ network, other, value }) => ({ measure: one, split: on, value, pair: other === none ? null : [network, other] }));
    }),
  );
}

/** One final figure of a network or a cohort; null where it was not measured. */
export async function finalFigure({ runId, network, columns }: Subject, figure: Figure, load: FinalLoader): Promise<number | null> {
  const { column } = findMeasure(figure.measure);
  if (column) return columnOf(columns, column, figure.split);
  const stored = await load(figure).load(runId);
  return stored.find((row) => row.network === network && row.other === none)?.value ?? null;
}

const isOf = (row: RunMeasurement, { network }: Subject) => (row.other === none ? row.network === network : network === cohort);
