'use client';

import { ChevronRight } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import type { LeaderboardRowFieldsFragment as Row } from '@/generated/graphql.ts';
import { cx } from '@/ui/cx.ts';
import { stateTally } from './state-tally.ts';

type Props = {
  /** Groups of which no run has finished, one row each. */
  rows: readonly Row[];
  /** Of the table. */
  columns: number;
  children: (row: Row) => ReactNode;
};

/** Groups that have no figures yet, folded into one line that says where their runs are. */
export function UnfinishedGroups({ rows, columns, children }: Props) {
  const [open, setOpen] = useState(false);
  if (rows.length === 0) return null;
  return (
    <tbody className="block lg:table-row-group">
      <tr className="block border-b border-line lg:table-row">
        <td colSpan={columns} className="block py-1 lg:table-cell">
          <button
            type="button"
            aria-expanded={open}
            onClick={() => setOpen(!open)}
            className="inline-flex min-h-9 flex-wrap items-center gap-x-2 text-left text-[0.8125rem] text-muted hover:text-ink"
          >
            <ChevronRight aria-hidden className={cx('size-3.5', open && 'rotate-90')} />
            {rows.length === 1 ? '1 group' : `${rows.length} groups`} without a finished run
            <span className="text-xs">{stateTally(rows.map(({ counts }) => counts))}</span>
          </button>
        </td>
      </tr>
      {open ? rows.map(children) : null}
    </tbody>
  );
}
