import type { Written } from '@/lib/statistics/written.ts';

/** A figure and its spread in columns of their own, so that points stand under points. */
export function Measured({ value, spread, quiet }: Written) {
  return (
    <span className="inline-grid grid-cols-[auto_3.25rem] items-baseline whitespace-nowrap">
      <span className={quiet ? 'text-muted' : 'font-medium'}>{value}</span>
      <span className="pl-1 text-left text-xs text-muted">{spread === null ? '' : `± ${spread}`}</span>
    </span>
  );
}
