'use client';

import { Eye, PenLine } from 'lucide-react';
import Link from 'next/link';
import { howToWrite } from '@/lib/how-to-write.ts';
import { paths } from '@/lib/paths.ts';
import { useViewer } from '@/lib/viewer.tsx';

const shape = 'inline-flex h-6 items-center gap-1.5 px-1.5 text-xs whitespace-nowrap text-muted';

/** Who is here, and whether they may change anything; to the account of who is signed in, and to signing in where anybody can. */
export function ViewerBadge() {
  const viewer = useViewer();
  const { name, canWrite, signedIn, hasPeople } = viewer;
  const Face = canWrite ? PenLine : Eye;
  const shown = canWrite || signedIn ? (name ?? 'You') : 'Read only';
  const inside = (
    <>
      <Face aria-hidden className="size-3.5" />
      <span className="max-w-[3.25rem] truncate sm:max-w-[9rem]">{shown}</span>
    </>
  );
  const may = canWrite ? `${name ?? 'You'}: you may schedule and change runs.` : `You may read everything. ${howToWrite(viewer)}`;
  if (signedIn)
    return (
      <Link href={paths.account} title={may} aria-label={`${name}: your account`} className={`${shape} rounded-[3px] hover:text-ink`}>
        {inside}
      </Link>
    );
  return (
    <>
      <span title={may} className={shape}>
        {inside}
      </span>
      {hasPeople && !canWrite ? (
        <Link href={paths.signIn} className="px-1.5 text-xs whitespace-nowrap text-muted hover:text-ink">
          Sign in
        </Link>
      ) : null}
    </>
  );
}
