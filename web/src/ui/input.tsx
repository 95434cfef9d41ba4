'use client';

import { ChevronDown } from 'lucide-react';
import type { ComponentProps } from 'react';
import { cx } from './cx.ts';
import { holdsOtherOption, holdsOtherText, useEarlyChange } from './use-early-change.ts';

const box =
  'rounded-[3px] border border-control bg-raised text-ink placeholder:text-faint hover:border-muted aria-invalid:border-danger disabled:opacity-55 disabled:cursor-not-allowed';

export function Input({ className, ...rest }: ComponentProps<'input'>) {
  const ref = useEarlyChange(rest, (field) => holdsOtherText(field, rest.value));
  return <input className={cx(box, 'h-8 w-full min-w-0 px-2 text-[0.8125rem]', className)} {...rest} ref={ref} />;
}

export function TextArea({ className, ...rest }: ComponentProps<'textarea'>) {
  const ref = useEarlyChange(rest, (field) => holdsOtherText(field, rest.value));
  return <textarea className={cx(box, 'w-full min-w-0 px-2 py-1.5 text-[0.8125rem] leading-5', className)} {...rest} ref={ref} />;
}

/** The platform's own select: keyboard, screen readers and phones know it. */
export function Select({ className, children, ...rest }: ComponentProps<'select'>) {
  const ref = useEarlyChange(rest, (field) => holdsOtherOption(field, rest.value));
  return (
    <span className={cx('relative inline-flex min-w-0', className)}>
      <select className={cx(box, 'h-8 w-full min-w-0 appearance-none truncate pr-7 pl-2 text-[0.8125rem]')} {...rest} ref={ref}>
        {children}
      </select>
      <ChevronDown aria-hidden className="pointer-events-none absolute top-1/2 right-2 size-3.5 -translate-y-1/2 text-muted" />
    </span>
  );
}

/** A box to tick, with its words beside it. */
export function Checkbox({ className, children, ...rest }: Omit<ComponentProps<'input'>, 'type'>) {
  const ref = useEarlyChange(rest, (field) => rest.checked !== undefined && field.checked !== rest.checked);
  return (
    <label className={cx('inline-flex min-h-8 items-center gap-2 text-[0.8125rem]', className)}>
      <input type="checkbox" className="size-4 shrink-0 accent-[var(--accent)]" {...rest} ref={ref} />
      {children}
    </label>
  );
}

/** One of a few steps, by a handle that is pulled along them. */
export function Slider({ className, ...rest }: Omit<ComponentProps<'input'>, 'type'>) {
  const ref = useEarlyChange(rest, (field) => holdsOtherText(field, rest.value));
  return <input type="range" className={cx('accent-[var(--accent)]', className)} {...rest} ref={ref} />;
}
