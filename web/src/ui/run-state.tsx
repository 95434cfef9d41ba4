import type { RunState } from '@/generated/graphql.ts';
import { cx } from './cx.ts';

export const stateNames: Record<RunState, string> = {
  BLOCKED: 'Blocked',
  QUEUED: 'Queued',
  RUNNING: 'Running',
  SUCCEEDED: 'Succeeded',
  FAILED: 'Failed',
  CANCELLED: 'Cancelled',
};

/** Whether nothing more comes of a run by itself. */
export const hasEnded = (state: RunState): boolean => state === 'SUCCEEDED' || state === 'FAILED' || state === 'CANCELLED';

/** A run's state as a shape and a word: it reads without colour too. */
export function RunStateMark({ state, className }: { state: RunState; className?: string }) {
  return (
    <span className={cx('inline-flex items-center gap-1.5 whitespace-nowrap', className)}>
      <StateGlyph state={state} />
      {stateNames[state]}
    </span>
  );
}

export function StateGlyph({ state }: { state: RunState }) {
  return (
    <svg aria-hidden="true" viewBox="0 0 12 12" className={cx('size-3 shrink-0', colours[state])}>
      {glyphs[state]}
    </svg>
  );
}

const colours: Record<RunState, string> = {
  BLOCKED: 'text-warn',
  QUEUED: 'text-muted',
  RUNNING: 'text-accent',
  SUCCEEDED: 'text-ink',
  FAILED: 'text-danger',
  CANCELLED: 'text-faint',
};

const ring = <circle cx="6" cy="6" r="4.5" fill="none" stroke="currentColor" strokeWidth="1.4" />;

const glyphs: Record<RunState, React.ReactNode> = {
  BLOCKED: (
    <>
      {ring}
      <path d="M4.6 4v4M7.4 4v4" stroke="currentColor" strokeWidth="1.3" />
    </>
  ),
  QUEUED: ring,
  RUNNING: (
    <>
      <circle cx="6" cy="6" r="4.5" fill="none" stroke="currentColor" strokeWidth="1.4" opacity="0.3" />
      <path
        d="M6 1.5A4.5 4.5 0 0 1 10.5 6"
        fill="none"
        stroke="currentColor"
        strokeWidth="1.8"
        className="origin-center motion-safe:animate-[spin_1.6s_linear_infinite]"
      />
    </>
  ),
  SUCCEEDED: <circle cx="6" cy="6" r="4.5" fill="currentColor" />,
  FAILED: <path d="M2 2l8 8M10 2l-8 8" stroke="currentColor" strokeWidth="2" />,
  CANCELLED: (
    <>
      {ring}
      <path d="M2.9 9.1l6.2-6.2" stroke="currentColor" strokeWidth="1.4" />
    </>
  ),
};
