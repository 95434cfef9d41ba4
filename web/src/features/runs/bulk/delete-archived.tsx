'use client';

import { useState } from 'react';
import { wholeNumber } from '@/lib/format/number.ts';
import { Button } from '@/ui/button.tsx';
import { BulkDialogs } from './bulk-dialogs.tsx';

type Props = { count: number; findIds: () => Promise<string[]>; onDelete: (ids: string[]) => void };

/** Deletes all archived runs that the list's filters let through, once that was confirmed. */
export function DeleteArchived({ count, findIds, onDelete }: Props) {
  const [ids, setIds] = useState<string[] | null>(null);
  const [finding, setFinding] = useState(false);
  const ask = async () => {
    setFinding(true);
    setIds(await findIds().catch(() => null));
    setFinding(false);
  };
  return (
    <>
      <Button small look="danger" disabled={finding} onClick={() => void ask()}>
        Delete all {wholeNumber(count)} archived
      </Button>
      <BulkDialogs
        asking={ids && 'DELETE'}
        count={ids?.length ?? 0}
        onClose={() => setIds(null)}
        onChange={() => {
          setIds(null);
          if (ids) onDelete(ids);
        }}
        onTag={() => {}}
        onMove={() => {}}
      />
    </>
  );
}
