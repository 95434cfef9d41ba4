import { type ReactNode, useId } from 'react';
import { DownloadButton } from './download-button.tsx';

type Props = { title: string; file: string; csv: () => string; children: ReactNode };

/** A table that may be wider than the page: what it is called, and how to save it, stays in sight while it is scrolled. */
export function ScrolledTable({ title, file, csv, children }: Props) {
  const id = useId();
  return (
    <div className="min-w-0">
      <p className="flex flex-wrap items-center gap-x-2 pb-1 text-xs text-muted">
        <span id={id} className="min-w-0 [overflow-wrap:anywhere]">
          {title}
        </span>
        <DownloadButton name={`${file}.csv`} text={csv} />
      </p>
      <div className="overflow-x-auto">
        <table aria-labelledby={id} className="w-full text-[0.8125rem]">
          {children}
        </table>
      </div>
    </div>
  );
}

/** What the columns behind that of the rows' names hold. */
export function ColumnHeads({ columns }: { columns: readonly { label: string }[] }) {
  return (
    <thead>
      <tr className="text-right text-xs text-muted [&>th]:h-8 [&>th]:pl-4 [&>th]:font-normal">
        <td />
        {columns.map(({ label }) => (
          <th key={label} scope="col">
            {label}
          </th>
        ))}
      </tr>
    </thead>
  );
}
