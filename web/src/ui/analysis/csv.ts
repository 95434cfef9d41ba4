import type { AnalysisAnswerQuery } from '@/generated/graphql.ts';
import { csvLine } from '@/lib/format/csv.ts';

export type Result = NonNullable<NonNullable<AnalysisAnswerQuery['analysis']>['result']>;
export type Chart = Result['charts'][number];
export type Table = Result['tables'][number];
export type PointMap = Result['maps'][number];

const csvOf = (rows: readonly Parameters<typeof csvLine>[0][]): string => rows.map(csvLine).join('\r\n');

/** A row for each x, a column for each line, and for the ends of its band. */
export const chartCsv = ({ xLabel, x, xNames, lines }: Chart): string =>
  csvOf([
    [xLabel, ...lines.flatMap(({ label, low }) => (low ? [label, `${label}, low`, `${label}, high`] : [label]))],
    ...x.map((value, k) => [
      xNames?.[k] ?? value,
      ...lines.flatMap(({ values, low, high }) => (low ? [values[k], low[k], high?.[k]] : [values[k]])),
    ]),
  ]);

export const tableCsv = ({ title, columns, rows }: Table): string =>
  csvOf([[title, ...columns.map(({ label }) => label)], ...rows.map(({ label, values }) => [label, ...values])]);

/** A row for each point. */
export const mapCsv = ({ x, y, network, sample, label }: PointMap, names: readonly string[]): string =>
  csvOf([
    ['x', 'y', 'network', 'sample', 'class'],
    ...x.map((value, k) => [value, y[k], names[network[k] ?? 0] ?? '', sample[k], label[k]]),
  ]);
