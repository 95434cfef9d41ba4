'use client';

import { useMutation } from '@apollo/client/react';
import { PrioritizeRunDocument, type RunLiveFragment } from '@/generated/graphql.ts';
import { useViewer } from '@/lib/viewer.tsx';
import { Button } from '@/ui/button.tsx';
import { Refusal } from '@/ui/refusal.tsx';

/** What the contract allows. */
const bounds = { min: -100, max: 100 };

/** How urgent a waiting run is, and, for who may, more or less of it. */
export function RunPriority({ run: { id, state, priority } }: { run: RunLiveFragment }) {
  const { canWrite } = useViewer();
  const [prioritize, { loading, error }] = useMutation(PrioritizeRunDocument);
  if (!canWrite || (state !== 'QUEUED' && state !== 'BLOCKED')) return null;
  // A refused change says so below; the promise itself has nothing to add.
  const by = (step: number) => void prioritize({ variables: { id, priority: priority + step } }).catch(() => {});
  return (
    <div className="mt-2 flex flex-wrap items-center gap-2 text-xs text-muted">
      <span role="status">Priority {priority}</span>
      <Button small busy={loading} disabled={priority >= bounds.max} onClick={() => by(1)}>
        Sooner
      </Button>
      <Button small busy={loading} disabled={priority <= bounds.min} onClick={() => by(-1)}>
        Later
      </Button>
      <Refusal of={error} />
    </div>
  );
}
