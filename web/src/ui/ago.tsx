'use client';

import { ago, momentUtc } from '@/lib/format/time.ts';
import { useNow } from './use-now.tsx';

/** How long ago something was, counting on; the exact moment on hover. */
export function Ago({ at, className }: { at: string; className?: string }) {
  const now = useNow();
  const moment = new Date(at);
  return (
    <time dateTime={at} title={momentUtc(moment)} className={className}>
      {ago(moment, new Date(now))}
    </time>
  );
}
