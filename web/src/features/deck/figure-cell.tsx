import Link from 'next/link';
import { paths } from '@/lib/paths.ts';
import type { Written } from '@/lib/statistics/written.ts';
import { cx } from '@/ui/cx.ts';
import { Measured } from '@/ui/measured.tsx';
import type { Result } from './run-figures.ts';
import type { Group } from './use-system.ts';

export type Column = {
  key: string;
  name: string;
  title?: string;
  /** Where it stands on a phone, if not beside the one before. */
  place?: string;
  cell: (result: Result) => Written;
  /** Of a difference: on how many seeds it rests. */
  n?: (result: Result) => number | undefined;
};

/** One figure of a result; it leads to the runs of its group. On a phone its column's name stands above it. */
export function FigureCell({ column, result, group }: { column: Column; result: Result; group: Group }) {
  return (
    <td className={cx('lg:text-right', column.place)}>
      <span className="block text-2xs text-faint lg:hidden">{column.name}</span>
      <Link
        href={paths.runs(group.groupKey ? { group: group.groupKey } : {})}
        title={`From ${result.runIds.length} ${result.runIds.length === 1 ? 'run' : 'runs'} of ${group.title}`}
        className="target hover:text-accent"
      >
        <Measured {...column.cell(result)} n={column.n?.(result)} />
      </Link>
    </td>
  );
}

/** The heading row of a table of such figures; on a phone there is none. */
export function ColumnHeads({ first, columns }: { first: string; columns: readonly Column[] }) {
  return (
    <thead className="hidden lg:table-header-group">
      <tr className="h-9 text-right align-bottom text-xs text-muted [&>th]:pb-1.5 [&>th]:font-normal">
        <th scope="col" className="text-left">
          {first}
        </th>
        {columns.map(({ name, key, title }) => (
          <th key={key} scope="col" title={title} className="w-36 pr-[3.25rem]">
            {name}
          </th>
        ))}
      </tr>
    </thead>
  );
}
