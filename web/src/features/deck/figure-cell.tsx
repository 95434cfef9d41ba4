import Link from 'next/link';
import { percent, points, significant } from '@/lib/format/number.ts';
import { paths } from '@/lib/paths.ts';
import { confidence95, isResolved, type Statistic } from '@/lib/statistics/interval.ts';
import { cx } from '@/ui/cx.ts';
import type { Result } from './run-figures.ts';
import type { Group } from './use-system.ts';

/** A figure in writing, with its spread; quiet ones are not told from noise. */
export type Written = { value: string; spread: string | null; quiet?: boolean };

export type Column = {
  key: string;
  name: string;
  title?: string;
  /** Where it stands on a phone, if not beside the one before. */
  place?: string;
  cell: (result: Result) => Written;
};

export function accuracyText(statistic: Statistic | null): Written {
  return { value: percent(statistic?.mean), spread: statistic?.sd == null ? null : percent(statistic.sd) };
}

export function numberText(statistic: Statistic | null): Written {
  return { value: significant(statistic?.mean, 3), spread: statistic?.sd == null ? null : significant(statistic.sd, 2) };
}

/** A gain in points with its 95 % interval. */
export function gainText(gain: Statistic | null): Written {
  const half = gain && confidence95(gain);
  return { value: points(gain?.mean), spread: half == null ? null : percent(half), quiet: !gain || !isResolved(gain) };
}

/** One figure of a result; it leads to the runs of its group. On a phone its column's name stands above it. */
export function FigureCell({ column, result, group }: { column: Column; result: Result; group: Group }) {
  const { value, spread, quiet = false } = column.cell(result);
  return (
    <td className={cx('lg:text-right', column.place)}>
      <span className="block text-2xs text-faint lg:hidden">{column.name}</span>
      <Link
        href={paths.runs(group.groupKey ? { group: group.groupKey } : {})}
        title={`From ${result.runIds.length} ${result.runIds.length === 1 ? 'run' : 'runs'} of ${group.title}`}
        className="inline-grid grid-cols-[auto_3.25rem] items-baseline whitespace-nowrap hover:text-accent"
      >
        <span className={quiet ? 'text-muted' : 'font-medium'}>{value}</span>
        <span className="pl-1 text-left text-xs text-muted">{spread === null ? '' : `± ${spread}`}</span>
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
