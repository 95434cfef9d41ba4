import type { Written } from '@/lib/statistics/written.ts';
import { SeedCount } from './seed-count.tsx';

/** A figure and its spread in columns of their own, so that points stand under points; below it, of a difference, on how many seeds it rests. */
export function Measured({ value, spread, quiet, n }: Written & { n?: number | undefined }) {
  return (
    <span className="inline-grid grid-cols-[auto_3.25rem] items-baseline whitespace-nowrap">
      <span className={quiet ? 'text-muted' : 'font-medium'}>{value}</span>
      <span className="pl-1 text-left text-xs text-muted">{spread === null ? '' : `± ${spread}`}</span>
      {n === undefined ? null : <SeedCount n={n} className="col-start-2 pl-1 text-left leading-3.5" />}
    </span>
  );
}
