'use client';

import { useMutation } from '@apollo/client/react';
import { DrainTrainerDocument, type FleetTrainerFragment, RemoveTrainerDocument, ResumeTrainerDocument } from '@/generated/graphql.ts';
import { useViewer } from '@/lib/viewer.tsx';
import { Button } from '@/ui/button.tsx';
import { Refusal } from '@/ui/refusal.tsx';

/** Drain, resume and remove, as far as the trainer's state and the visitor's rights allow. */
export function TrainerControls({ trainer: { id, name, state, draining, running } }: { trainer: FleetTrainerFragment }) {
  const isAdmin = useViewer().role === 'ADMIN';
  const variables = { id };
  const [drain, pausing] = useMutation(DrainTrainerDocument, { variables });
  const [resume, resuming] = useMutation(ResumeTrainerDocument, { variables });
  const [remove, removing] = useMutation(RemoveTrainerDocument, { variables });
  const error = pausing.error ?? resuming.error ?? removing.error;
  // A refused action says so below; the promise itself has nothing to add.
  const ignore = () => {};
  if (!isAdmin) return null;
  return (
    <div className="mt-2">
      <div className="flex flex-wrap gap-2">
        {draining ? (
          <Button small busy={resuming.loading} aria-label={`Resume ${name}`} onClick={() => resume().catch(ignore)}>
            Resume
          </Button>
        ) : state === 'ONLINE' ? (
          <Button small busy={pausing.loading} aria-label={`Drain ${name}`} onClick={() => drain().catch(ignore)}>
            Drain
          </Button>
        ) : null}
        {state === 'OFFLINE' && running.length === 0 ? (
          <Button small look="danger" busy={removing.loading} aria-label={`Remove ${name}`} onClick={() => remove().catch(ignore)}>
            Remove
          </Button>
        ) : null}
      </div>
      <Refusal of={error} className="mt-1" />
    </div>
  );
}
