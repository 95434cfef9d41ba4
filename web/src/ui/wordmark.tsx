import { cx } from './cx.ts';

/** The name, led by the mark of the house: a mean and its interval. */
export function Wordmark({ className }: { className?: string }) {
  return (
    <span className={cx('inline-flex items-center gap-2 font-semibold tracking-[-0.02em] whitespace-nowrap', className)}>
      <svg aria-hidden="true" viewBox="0 0 22 12" className="h-3 w-[1.375rem] text-accent">
        <path d="M1 1.5v9M21 1.5v9M1 6h20" fill="none" stroke="currentColor" strokeWidth="1.5" />
        <circle cx="12.5" cy="6" r="3.6" fill="currentColor" />
      </svg>
      Studyhall
    </span>
  );
}
