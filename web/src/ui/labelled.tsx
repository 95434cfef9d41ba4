import { type ReactNode, useId } from 'react';
import { cx } from './cx.ts';

/** What the field itself has to carry. */
type Field = { id: string; 'aria-describedby'?: string };

type Props = {
  label: ReactNode;
  /** What is to be known of it, below. */
  hint?: string;
  /** One of several in a line, each under a small name. */
  small?: boolean;
  className?: string;
  children: (field: Field) => ReactNode;
};

/** A field under its name. */
export function Labelled({ label, hint, small = false, className, children }: Props) {
  const id = useId();
  return (
    <div className={cx('grid max-w-full content-start gap-1', small && 'text-xs text-muted', className)}>
      <label htmlFor={id} className={small ? undefined : 'text-[0.8125rem] font-medium'}>
        {label}
      </label>
      {children(hint ? { id, 'aria-describedby': `${id}-hint` } : { id })}
      {hint ? (
        <p id={`${id}-hint`} className="text-xs text-muted">
          {hint}
        </p>
      ) : null}
    </div>
  );
}
