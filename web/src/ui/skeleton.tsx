import { cx } from './cx.ts';

/** A grey bar where text will be. */
export function Bar({ className }: { className?: string }) {
  return <span aria-hidden className={cx('block rounded-[2px] bg-line opacity-70 motion-safe:animate-pulse', className)} />;
}

/** Rows as high as the table's own, so that nothing moves when they are replaced. */
export function TableSkeleton({ rows, rowHeight, label }: { rows: number; rowHeight: number; label: string }) {
  return (
    <div role="status" aria-label={label} className="border-t border-line">
      {Array.from({ length: rows }, (_, index) => index).map((index) => (
        <div key={index} className="flex items-center gap-6 border-b border-line" style={{ height: rowHeight }}>
          <Bar className="h-3 w-1/4" />
          <Bar className="h-3 w-1/12" />
          <Bar className="ml-auto h-3 w-1/3" />
        </div>
      ))}
    </div>
  );
}
