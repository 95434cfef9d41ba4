import type { RunMeasurementFragment } from '@/generated/graphql.ts';
import { hasOwnPlace } from '@/lib/format/own-place.ts';

type Measurement = Omit<RunMeasurementFragment, '__typename' | ' $fragmentName'>;
type Row = { key: string; name: string; measurements: readonly Measurement[] };

export type MeasureColumn = { key: string; measure: Measurement['measure']; split: Measurement['split'] };
export type MeasureTable = { columns: MeasureColumn[]; rows: { key: string; name: string; values: (number | null)[] }[] };

/** What else was measured, as a table: a column per measure and split, a row per network, cohort and pair that has one of them. */
export function otherMeasures(measured: readonly Row[]): MeasureTable {
  const rows = measured.flatMap(({ key, name, measurements }): Row[] => {
    const own = measurements.filter(({ pair, measure }) => pair === null && !hasOwnPlace(measure));
    const pairs = new Map<string, Measurement[]>();
    for (const one of measurements) {
      const pair = one.pair?.join(' and ');
      if (pair) pairs.set(pair, [...(pairs.get(pair) ?? []), one]);
    }
    return [
      { key, name, measurements: own },
      ...[...pairs].map(([pair, found]) => ({ key: pair, name: `networks ${pair}`, measurements: found })),
    ];
  });
  const filled = rows.filter(({ measurements }) => measurements.length > 0);
  const keyOf = ({ measure, split }: Measurement) => `${measure.name} ${split}`;
  const columns = new Map(
    filled.flatMap(({ measurements }) =>
      measurements.map((one) => [keyOf(one), { key: keyOf(one), measure: one.measure, split: one.split }]),
    ),
  );
  return {
    columns: [...columns.values()],
    rows: filled.map(({ key, name, measurements }) => ({
      key,
      name,
      values: [...columns.keys()].map((column) => measurements.find((one) => keyOf(one) === column)?.value ?? null),
    })),
  };
}
