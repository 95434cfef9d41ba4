import type { ReactNode } from 'react';
import { cx } from './cx.ts';

type Props = { title: ReactNode; children?: ReactNode; action?: ReactNode; tone?: 'plain' | 'danger' | 'warn'; className?: string };

const tones = { plain: 'border-line', danger: 'border-danger', warn: 'border-warn' };

/** Says what is the case and what can be done: for empty lists, errors and things to know. */
export function Notice({ title, children, action, tone = 'plain', className }: Props) {
  return (
    <div role={tone === 'danger' ? 'alert' : undefined} className={cx('border-l-2 py-1 pl-4', tones[tone], className)}>
      <p className="font-medium">{title}</p>
      {children ? <div className="mt-1 max-w-[68ch] space-y-2 text-muted">{children}</div> : null}
      {action ? <div className="mt-3 flex flex-wrap gap-2">{action}</div> : null}
    </div>
  );
}
