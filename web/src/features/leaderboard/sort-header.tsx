import { ArrowDown, ArrowUp } from 'lucide-react';
import type { ReactNode } from 'react';
import type { SortDirection } from '@/generated/graphql.ts';
import { cx } from '@/ui/cx.ts';
import type { BoardSort } from './search-state.ts';

type Props = {
  by: BoardSort;
  sort: BoardSort;
  direction: SortDirection;
  /** Absent: a heading alone. */
  onSort: ((sort: BoardSort, direction: SortDirection) => void) | undefined;
  className: string;
  title?: string;
  children: ReactNode;
};

/** A column's heading that sorts by it; a second press turns the order round. */
export function SortHeader({ by, sort, direction, onSort, className, title, children }: Props) {
  if (!onSort)
    return (
      <th scope="col" title={title} className={cx('pb-1.5 font-normal', className)}>
        {children}
      </th>
    );
  const current = sort === by;
  const first: SortDirection = by === 'LABEL' ? 'ASC' : 'DESC';
  const next = current ? (direction === 'DESC' ? 'ASC' : 'DESC') : first;
  const Arrow = direction === 'DESC' ? ArrowDown : ArrowUp;
  return (
    <th
      scope="col"
      aria-sort={current ? (direction === 'DESC' ? 'descending' : 'ascending') : 'none'}
      className={cx('pb-1.5 font-normal', className)}
    >
      <button
        type="button"
        title={title}
        onClick={() => onSort(by, next)}
        className={cx(
          'inline-flex items-center gap-1 align-bottom leading-4 [text-align:inherit] hover:text-ink',
          current && 'font-medium text-ink',
        )}
      >
        {current ? <Arrow aria-hidden className="size-3" /> : null}
        {children}
      </button>
    </th>
  );
}
