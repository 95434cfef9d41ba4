'use client';

import type { SeedsOf } from '@/generated/graphql.ts';
import { Dialog } from '../dialog.tsx';
import { AddSeedsForm } from './add-seeds-form.tsx';

type Props = { of: SeedsOf; name: string; withTwins: boolean; onAdded: (() => void) | undefined; onClose: () => void };

/** The window in which seeds are added. */
export function AddSeedsDialog({ of, name, withTwins, onAdded, onClose }: Props) {
  return (
    <Dialog
      open
      onOpenChange={(open) => open || onClose()}
      title={`Add seeds to ${name}`}
      description="The same ones on all sides that are compared: a gain is only as sure as the seeds that both have."
    >
      <AddSeedsForm of={of} withTwins={withTwins} onAdded={onAdded} onClose={onClose} />
    </Dialog>
  );
}
