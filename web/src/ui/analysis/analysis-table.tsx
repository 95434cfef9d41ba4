import { percent, significant } from '@/lib/format/number.ts';
import { type Table, tableCsv } from './csv.ts';
import { DownloadButton } from './download-button.tsx';

/** One table of an answer. */
export function AnalysisTable({ table, file }: { table: Table; file: string }) {
  return (
    <div className="overflow-x-auto">
      <table className="w-full text-[0.8125rem]">
        <caption className="pb-1 text-left text-xs text-muted">
          <span className="inline-flex flex-wrap items-center gap-x-2">
            {table.title}
            <DownloadButton name={`${file}-${table.key}.csv`} text={() => tableCsv(table)} />
          </span>
        </caption>
        <thead>
          <tr className="text-right text-xs text-muted [&>th]:h-8 [&>th]:pl-4 [&>th]:font-normal">
            <td />
            {table.columns.map(({ label }) => (
              <th key={label} scope="col">
                {label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {table.rows.map(({ label, values }) => (
            <tr key={label} className="border-t border-line text-right [&>td]:h-9 [&>td]:pl-4">
              <th scope="row" className="sticky left-0 min-w-28 bg-paper text-left font-medium">
                {label}
              </th>
              {table.columns.map((column, k) => (
                <td key={column.label}>{column.percent ? percent(values[k]) : significant(values[k], 4)}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
