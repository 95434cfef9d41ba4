'use client';

import { basePath } from '@/lib/base-path.ts';
import { exportOfAll, paths } from '@/lib/paths.ts';
import { useViewer } from '@/lib/viewer.tsx';
import { DownloadButton, LinkButton } from '@/ui/button.tsx';

/** What admins do with a whole server: all that an export has of every experiment, as one archive, and where they go on. */
export function ServerActions() {
  if (useViewer().role !== 'ADMIN') return null;
  return (
    <>
      <DownloadButton
        href={`${basePath}${exportOfAll}`}
        title="All runs that have ended: tables for spreadsheets, and what another Studyhall needs to take them in. No accounts, tokens or trainers: a backup has those."
      >
        Export everything
      </DownloadButton>
      <LinkButton href={paths.audit}>Audit log</LinkButton>
      <LinkButton href={paths.people}>People</LinkButton>
    </>
  );
}
