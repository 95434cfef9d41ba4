import { cx } from './cx.ts';

type Props = { value: number; label: string; className?: string; quiet?: boolean };

/** How much of something is done, 0 to 1. */
export function ProgressBar({ value, label, className, quiet = false }: Props) {
  const part = Math.min(1, Math.max(0, value));
  return (
    <div
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={Math.round(part * 100)}
      className={cx('h-1 overflow-hidden rounded-full bg-line', className)}
    >
      <div
        className={cx('h-full origin-left motion-safe:transition-transform duration-500 ease-linear', quiet ? 'bg-faint' : 'bg-accent')}
        style={{ transform: `scaleX(${part})` }}
      />
    </div>
  );
}
