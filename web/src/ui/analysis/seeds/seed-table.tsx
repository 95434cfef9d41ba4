import { percent, significant } from '@/lib/format/number.ts';
import { ColumnHeads, ScrolledTable } from '../scrolled-table.tsx';
import { type SeedGroup, seedTableCsv, type SeedTable as Table } from './seed-series.ts';

type Props = { table: Table; groups: readonly SeedGroup[]; file: string };

/** One table over seeds: mean ± sd, a part for each group. */
export function SeedTable({ table, groups, file }: Props) {
  const written = (fraction: boolean, mean: number | null | undefined, sd: number | null | undefined) => {
    const write = (value: number | null | undefined, digits: number) => (fraction ? percent(value) : significant(value, digits));
    return (
      <>
        {write(mean, 3)}
        {sd == null ? null : <span className="text-faint"> ± {write(sd, 2)}</span>}
      </>
    );
  };
  return (
    <ScrolledTable title={`${table.title}, mean ± sd over seeds`} file={`${file}-${table.key}`} csv={() => seedTableCsv(table, groups)}>
      <ColumnHeads columns={table.columns} />
      {groups.map(({ groupKey, title }) => {
        const rows = table.rows.filter(({ group }) => group === groupKey);
        if (rows.length === 0) return null;
        return (
          <tbody key={groupKey}>
            <tr className="border-t border-line-strong">
              <th scope="rowgroup" colSpan={table.columns.length + 1} className="h-8 text-left font-medium">
                <span className="sticky left-0">
                  {title}{' '}
                  <span className="text-xs font-normal whitespace-nowrap text-faint">n = {Math.max(...rows.flatMap(({ n }) => n))}</span>
                </span>
              </th>
            </tr>
            {rows.map(({ label, mean, sd }) => (
              <tr key={label} className="border-t border-line text-right whitespace-nowrap [&>td]:h-8 [&>td]:pl-4">
                <th scope="row" className="sticky left-0 min-w-28 bg-paper pl-4 text-left font-normal text-muted">
                  {label}
                </th>
                {table.columns.map((column, k) => (
                  <td key={column.label}>{written(column.percent, mean[k], sd[k])}</td>
                ))}
              </tr>
            ))}
          </tbody>
        );
      })}
    </ScrolledTable>
  );
}
