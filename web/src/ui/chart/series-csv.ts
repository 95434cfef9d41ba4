import { csv } from '@/lib/format/csv.ts';
import type { Series } from './series.ts';

/** A row for each x at which a line has a value, a column for each line, and for the ends of its band. */
export function seriesCsv(xName: string, series: readonly Series[]): string {
  const columns = series.flatMap(({ name, points, band = [] }) => {
    const line = { name, values: new Map(points.map(([x, y]) => [x, y])) };
    if (band.length === 0) return [line];
    const low = { name: `${name}, low`, values: new Map(band.map(([x, value]) => [x, value])) };
    const high = { name: `${name}, high`, values: new Map(band.map(([x, , value]) => [x, value])) };
    return [line, low, high];
  });
  const all = [...new Set(columns.flatMap(({ values }) => [...values.keys()]))].toSorted((one, other) => one - other);
  return csv([[xName, ...columns.map(({ name }) => name)], ...all.map((x) => [x, ...columns.map(({ values }) => values.get(x))])]);
}
