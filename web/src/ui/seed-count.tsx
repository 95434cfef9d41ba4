import { cx } from './cx.ts';

/** Fewer seeds than this say little of their own spread, whatever interval follows from it. */
export const fewSeeds = 3;

/** On how many paired seeds a difference rests; few of them stand out. */
export function SeedCount({ n, className }: { n: number; className?: string }) {
  return (
    <span className={cx('text-2xs whitespace-nowrap', n < fewSeeds ? 'font-medium text-warn' : 'text-muted', className)}>n = {n}</span>
  );
}
