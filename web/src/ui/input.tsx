import { ChevronDown } from 'lucide-react';
import type { ComponentProps } from 'react';
import { cx } from './cx.ts';

const box =
  'rounded-[3px] border border-control bg-raised text-ink placeholder:text-faint hover:border-muted aria-invalid:border-danger disabled:opacity-55 disabled:cursor-not-allowed';

export function Input({ className, ...rest }: ComponentProps<'input'>) {
  return <input className={cx(box, 'h-8 w-full min-w-0 px-2 text-[0.8125rem]', className)} {...rest} />;
}

export function TextArea({ className, ...rest }: ComponentProps<'textarea'>) {
  return <textarea className={cx(box, 'w-full min-w-0 px-2 py-1.5 text-[0.8125rem] leading-5', className)} {...rest} />;
}

/** The platform's own select: keyboard, screen readers and phones know it. */
export function Select({ className, children, ...rest }: ComponentProps<'select'>) {
  return (
    <span className={cx('relative inline-flex min-w-0', className)}>
      <select className={cx(box, 'h-8 w-full min-w-0 appearance-none truncate pr-7 pl-2 text-[0.8125rem]')} {...rest}>
        {children}
      </select>
      <ChevronDown aria-hidden className="pointer-events-none absolute top-1/2 right-2 size-3.5 -translate-y-1/2 text-muted" />
    </span>
  );
}

/** A box to tick, with its words beside it. */
export function Checkbox({ className, children, ...rest }: Omit<ComponentProps<'input'>, 'type'>) {
  return (
    <label className={cx('inline-flex min-h-8 items-center gap-2 text-[0.8125rem]', className)}>
      <input type="checkbox" className="size-4 shrink-0 accent-[var(--accent)]" {...rest} />
      {children}
    </label>
  );
}
