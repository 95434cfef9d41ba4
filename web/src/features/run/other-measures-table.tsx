import { columnName, measured } from '@/lib/format/measure.ts';
import { otherMeasures } from './other-measures.ts';

/** Measures that have no place of their own on the page, as the registry says them. */
export function OtherMeasures({ rows: all }: { rows: Parameters<typeof otherMeasures>[0] }) {
  const { columns, rows } = otherMeasures(all);
  if (rows.length === 0) return null;
  return (
    <div className="overflow-x-auto pt-6">
      <table className="text-[0.8125rem]">
        <caption className="pb-1 text-left text-xs text-muted">What else was measured.</caption>
        <thead>
          <tr className="text-right text-xs text-muted [&>th]:h-8 [&>th]:pl-4 [&>th]:font-normal">
            <th scope="col" className="!pl-0 text-left">
              Network
            </th>
            {columns.map(({ key, measure, split }) => (
              <th key={key} scope="col" title={measure.sentence}>
                {columnName(measure)}, {split.toLowerCase()}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ key, name, values }) => (
            <tr key={key} className="border-t border-line text-right [&>td]:h-9 [&>td]:pl-4">
              <th scope="row" className="text-left font-medium whitespace-nowrap">
                {name}
              </th>
              {columns.map((column, place) => (
                <td key={column.key}>{measured(column.measure, values[place])}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
