'use client';

import { Eye, PenLine } from 'lucide-react';
import { useViewer } from '@/lib/viewer.tsx';

/** Who is here, and whether they may change anything. */
export function ViewerBadge() {
  const viewer = useViewer();
  const Face = viewer.canWrite ? PenLine : Eye;
  const title = viewer.canWrite
    ? `${viewer.name ?? 'You'}: you may schedule and change runs.`
    : 'You may read everything. To schedule runs, open the link that Studyhall printed when it started.';
  return (
    <span title={title} className="inline-flex h-6 items-center gap-1.5 px-1.5 text-xs whitespace-nowrap text-muted">
      <Face aria-hidden className="size-3.5" />
      <span className="max-w-[9rem] truncate">{viewer.canWrite ? (viewer.name ?? 'You') : 'Read only'}</span>
    </span>
  );
}
