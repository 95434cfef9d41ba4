import type { ReactNode } from 'react';

type Props = { title: ReactNode; children?: ReactNode; actions?: ReactNode };

/** A page's title, a line on what it is, and what can be done. */
export function PageHeader({ title, children, actions }: Props) {
  return (
    <header className="flex flex-wrap items-start justify-between gap-x-6 gap-y-3 pt-6 pb-5">
      <div className="min-w-0">
        <h1 className="text-[1.375rem] leading-7 font-semibold tracking-[-0.015em] [overflow-wrap:anywhere]">{title}</h1>
        {children ? <div className="mt-1 max-w-[80ch] text-muted">{children}</div> : null}
      </div>
      {actions ? <div className="flex flex-wrap items-center gap-2">{actions}</div> : null}
    </header>
  );
}

/** A section's heading with an optional remark at its end. */
export function SectionTitle({ id, children, aside }: { id?: string; children: ReactNode; aside?: ReactNode }) {
  return (
    <div className="flex min-h-8 flex-wrap items-center justify-between gap-x-4 border-b border-line pb-1.5">
      <h2 id={id} className="text-[0.9375rem] font-semibold tracking-[-0.005em]">
        {children}
      </h2>
      {aside ? <div className="text-xs text-muted">{aside}</div> : null}
    </div>
  );
}
