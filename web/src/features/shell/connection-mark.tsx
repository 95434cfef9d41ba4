'use client';

import { useSyncExternalStore } from 'react';
import { type Connection, currentConnection, subscribeConnection } from '@/lib/api/socket.ts';
import { cx } from '@/ui/cx.ts';

const titles: Record<Connection, string> = {
  connecting: '',
  live: 'Live: changes show by themselves.',
  lost: 'The connection was lost. Trying again; nothing will be missed.',
};

/** A quiet dot while the page is live, words when it is not. */
export function ConnectionMark() {
  const connection = useSyncExternalStore(subscribeConnection, currentConnection, () => 'connecting' as const);
  return (
    <span role="status" title={titles[connection]} className="inline-flex items-center gap-1.5 px-1 text-xs text-muted">
      {connection === 'lost' ? (
        <span className="text-warn">Reconnecting…</span>
      ) : (
        <span className={cx('hidden sm:inline', connection === 'connecting' && 'invisible')}>Live</span>
      )}
      <span
        aria-hidden
        className={`size-1.5 rounded-full ${connection === 'live' ? 'bg-accent' : connection === 'lost' ? 'bg-warn' : 'bg-line-strong'}`}
      />
    </span>
  );
}
