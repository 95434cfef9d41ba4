import Link from 'next/link';
import type { ComponentProps } from 'react';
import { cx } from './cx.ts';

type Look = 'primary' | 'plain' | 'quiet' | 'danger';

const looks: Record<Look, string> = {
  primary: 'border-accent bg-accent text-on-accent hover:opacity-90',
  plain: 'border-line-strong bg-raised text-ink hover:border-muted',
  quiet: 'border-transparent bg-transparent text-muted hover:bg-sunken hover:text-ink',
  danger: 'border-line-strong bg-raised text-danger hover:border-danger',
};

function classes(look: Look, small: boolean, className?: string): string {
  const size = small ? 'h-7 px-2 text-xs' : 'h-8 px-3 text-[0.8125rem]';
  return cx(
    'inline-flex shrink-0 items-center justify-center gap-1.5 rounded-[3px] border font-medium whitespace-nowrap select-none',
    'disabled:cursor-not-allowed disabled:opacity-45 aria-disabled:cursor-not-allowed aria-disabled:opacity-45',
    size,
    looks[look],
    className,
  );
}

type Extra = { look?: Look; small?: boolean };

type Busy = {
  /** What it does is under way. It does nothing more then, and keeps the focus, which a disabled button would lose. */
  busy?: boolean;
};

export function Button({
  look = 'plain',
  small = false,
  className,
  type = 'button',
  busy = false,
  ...rest
}: ComponentProps<'button'> & Extra & Busy) {
  const own = busy ? { ...rest, onClick: undefined, 'aria-disabled': true } : rest;
  return <button type={busy ? 'button' : type} className={classes(look, small, className)} {...own} />;
}

export function LinkButton({ look = 'plain', small = false, className, ...rest }: ComponentProps<typeof Link> & Extra) {
  return <Link className={classes(look, small, cx('button', className))} {...rest} />;
}

/** A file of the server's, to be kept; the browser shows how much of it has come. */
export function DownloadButton({ look = 'plain', small = false, className, ...rest }: ComponentProps<'a'> & Extra) {
  return <a download className={classes(look, small, cx('button', className))} {...rest} />;
}

/** A button that shows an icon alone; `label` is what it does, for those who cannot see it. */
export function IconButton({ label, className, ...rest }: Omit<ComponentProps<'button'>, 'aria-label'> & { label: string }) {
  return (
    <button
      type="button"
      aria-label={label}
      title={label}
      className={cx(
        'inline-flex size-8 shrink-0 items-center justify-center rounded-[3px] text-muted hover:bg-sunken hover:text-ink disabled:opacity-45',
        className,
      )}
      {...rest}
    />
  );
}
