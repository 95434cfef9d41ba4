import { percent, significant } from '@/lib/format/number.ts';
import { shortNames } from '@/ui/chart/short-names.ts';
import { type Table, tableCsv } from './csv.ts';
import { ColumnHeads, ScrolledTable } from './scrolled-table.tsx';

type Props = { table: Table; title: string; file: string };

/** One table of an answer; what is saved has the whole names of its networks. */
export function AnalysisTable({ table, title, file }: Props) {
  const { short } = shortNames(table.rows.map(({ label }) => label));
  return (
    <ScrolledTable title={title} file={`${file}-${table.key}`} csv={() => tableCsv(table)}>
      <ColumnHeads columns={table.columns} />
      <tbody>
        {table.rows.map(({ label, values }, place) => (
          <tr key={label} className="border-t border-line text-right [&>td]:h-9 [&>td]:pl-4">
            <th scope="row" title={label} className="sticky left-0 min-w-28 bg-paper text-left font-medium">
              {short[place]}
            </th>
            {table.columns.map((column, k) => (
              <td key={column.label}>{column.percent ? percent(values[k]) : significant(values[k], 4)}</td>
            ))}
          </tr>
        ))}
      </tbody>
    </ScrolledTable>
  );
}
