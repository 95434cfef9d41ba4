import { wholeNumber } from '@/lib/format/number.ts';
import { Button } from './button.tsx';

type Props = {
  /** Of what: `runs`, `groups`. */
  noun: string;
  shown: number;
  totalCount: number;
  pageInfo: { hasNextPage: boolean; hasPreviousPage: boolean; startCursor?: string | null; endCursor?: string | null };
  onMove: (to: { after: string | null; before: string | null }) => void;
};

/** How much of a list is in sight, and the ways to the rest. */
export function Pager({ noun, shown, totalCount, pageInfo, onMove }: Props) {
  const { hasNextPage, hasPreviousPage, startCursor = null, endCursor = null } = pageInfo;
  if (!hasNextPage && !hasPreviousPage) return null;
  return (
    <nav aria-label={`Further ${noun}`} className="mt-4 flex items-center gap-2">
      <Button disabled={!hasPreviousPage} onClick={() => onMove({ before: startCursor, after: null })}>
        Previous
      </Button>
      <Button disabled={!hasNextPage} onClick={() => onMove({ after: endCursor, before: null })}>
        Next
      </Button>
      <span className="ml-2 text-xs text-muted">
        {wholeNumber(shown)} of {wholeNumber(totalCount)} {noun} in sight
      </span>
    </nav>
  );
}
