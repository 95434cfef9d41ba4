'use client';

import { useRouter } from 'next/navigation';
import { useEffect, useSyncExternalStore } from 'react';
import { type LiveStatus, liveStatus, onLiveStatus } from '@/lib/live/live-status.ts';
import { cx } from '@/ui/cx.ts';

const marks: Record<LiveStatus['kind'], { text: string; title: string; dot: string }> = {
  opening: { text: '', title: '', dot: 'bg-line-strong' },
  live: { text: 'Live', title: 'Live: changes show by themselves.', dot: 'bg-accent' },
  lost: {
    text: 'Reconnecting…',
    title: 'The connection was lost. Trying again; what is missed meanwhile is read then.',
    dot: 'bg-warn',
  },
  refused: { text: 'Not live', title: '', dot: 'bg-warn' },
};

const opening: LiveStatus = { kind: 'opening' };

/** A quiet dot while all that the page shows is live, words when it is not. */
export function ConnectionMark() {
  const router = useRouter();
  const status = useSyncExternalStore(onLiveStatus, liveStatus, () => opening);
  const refusal = status.kind === 'refused' ? status.message : null;
  // Who is refused may see other pages from now on: the server says which.
  useEffect(() => {
    if (refusal !== null) router.refresh();
  }, [router, refusal]);
  const { text, title, dot } = marks[status.kind];
  const warns = status.kind === 'lost' || status.kind === 'refused';
  return (
    <span role="status" title={refusal ?? title} className="inline-flex items-center gap-1.5 px-1 text-xs text-muted">
      <span className={warns ? 'text-warn' : cx('hidden sm:inline', text === '' && 'invisible')}>{text || 'Live'}</span>
      <span aria-hidden className={`size-1.5 rounded-full ${dot}`} />
    </span>
  );
}
