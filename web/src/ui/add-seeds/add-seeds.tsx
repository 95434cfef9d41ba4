'use client';

import { Plus } from 'lucide-react';
import dynamic from 'next/dynamic';
import { useState } from 'react';
import type { SeedsOf } from '@/generated/graphql.ts';
import { useViewer } from '@/lib/viewer.tsx';
import { Button, IconButton } from '../button.tsx';

/** Fetched when it is asked for the first time: a board has a hundred of these buttons. */
const AddSeedsDialog = dynamic(async () => (await import('./add-seeds-dialog.tsx')).AddSeedsDialog, { ssr: false });

type Props = {
  /** What is to become surer, and what it is called. */
  of: SeedsOf;
  name: string;
  /** Whether a gain over an independent twin is at stake, so that the twin needs the seeds as well. */
  withTwins: boolean;
  /** As an icon alone, where there is room for no more. */
  compact?: boolean;
  onAdded?: () => void;
};

/** Opens what schedules further seeds on both sides of a comparison; nothing for who may not write. */
export function AddSeeds({ of, name, withTwins, compact = false, onAdded }: Props) {
  const { canWrite } = useViewer();
  const [open, setOpen] = useState(false);
  if (!canWrite) return null;
  return (
    <>
      {compact ? (
        <IconButton label={`Add seeds to ${name}`} className="size-6" onClick={() => setOpen(true)}>
          <Plus aria-hidden className="size-3.5" />
        </IconButton>
      ) : (
        <Button onClick={() => setOpen(true)}>
          <Plus aria-hidden className="size-3.5" /> Add seeds
        </Button>
      )}
      {open ? <AddSeedsDialog of={of} name={name} withTwins={withTwins} onAdded={onAdded} onClose={() => setOpen(false)} /> : null}
    </>
  );
}
