'use client';

import { basePath } from '@/lib/base-path.ts';
import { exportOfAll } from '@/lib/paths.ts';
import { useViewer } from '@/lib/viewer.tsx';
import { DownloadButton } from '@/ui/button.tsx';

/** All that an export has of every experiment, as one archive: for admins. */
export function ExportEverything() {
  if (useViewer().role !== 'ADMIN') return null;
  return (
    <DownloadButton
      href={`${basePath}${exportOfAll}`}
      title="All runs that have ended: tables for spreadsheets, and what another Studyhall needs to take them in. No accounts, tokens or trainers: a backup has those."
    >
      Export everything
    </DownloadButton>
  );
}
