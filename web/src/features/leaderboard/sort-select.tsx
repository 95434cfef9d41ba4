import { ArrowDown, ArrowUp } from 'lucide-react';
import type { SortDirection } from '@/generated/graphql.ts';
import { IconButton } from '@/ui/button.tsx';
import { Select } from '@/ui/input.tsx';
import type { BoardSort } from './search-state.ts';
import type { Split } from './sections.ts';

type Props = {
  sort: BoardSort;
  direction: SortDirection;
  split: Split;
  /** What a further column is called, if there is one. */
  column?: string | null;
  onSort: (sort: BoardSort, direction: SortDirection) => void;
};

/** The board's order where its columns have no headings: on a phone. */
export function SortSelect({ sort, direction, split, column = null, onSort }: Props) {
  const options: [BoardSort, string][] = [
    [split === 'test' ? 'TEST_ACCURACY' : 'VALIDATION_ACCURACY', `By ${split} accuracy`],
    ['VALIDATION_GAIN', 'By gain (validation)'],
    ['SEEDS', 'By seeds'],
    ['PARAMETERS', 'By parameters'],
    ['LABEL', 'By name'],
    ...(column ? [['COLUMN', `By ${column}`] as [BoardSort, string]] : []),
  ];
  const known = options.some(([value]) => value === sort);
  const upwards = direction === 'ASC';
  return (
    <span className="inline-flex items-center gap-1 lg:hidden">
      <Select
        aria-label="Order"
        value={sort}
        onChange={(event) => {
          const next = event.target.value as BoardSort;
          onSort(next, next === 'LABEL' ? 'ASC' : 'DESC');
        }}
        className="w-48"
      >
        {known ? null : <option value={sort}>{sort === 'TEST_ACCURACY' ? 'By test accuracy' : 'By validation accuracy'}</option>}
        {options.map(([value, name]) => (
          <option key={value} value={value}>
            {name}
          </option>
        ))}
      </Select>
      <IconButton
        label={upwards ? 'Smallest first; turn round' : 'Largest first; turn round'}
        onClick={() => onSort(sort, upwards ? 'DESC' : 'ASC')}
      >
        {upwards ? <ArrowUp aria-hidden className="size-4" /> : <ArrowDown aria-hidden className="size-4" />}
      </IconButton>
    </span>
  );
}
