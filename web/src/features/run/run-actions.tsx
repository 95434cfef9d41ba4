'use client';

import { useMutation } from '@apollo/client/react';
import { type ReactNode, useState } from 'react';
import { ArchiveRunDocument, CancelRunDocument, RetryRunDocument, type RunLiveFragment } from '@/generated/graphql.ts';
import { paths } from '@/lib/paths.ts';
import { useViewer } from '@/lib/viewer.tsx';
import { Button, LinkButton } from '@/ui/button.tsx';
import { Dialog } from '@/ui/dialog.tsx';
import { Refusal } from '@/ui/refusal.tsx';
import { RunPriority } from './run-priority.tsx';
import { tooLateWords } from './too-late.ts';
import { useTooLate } from './use-too-late.ts';

/** Cancel, retry, clone and archive, as far as the run's state and the visitor's rights allow; `children` are further ones. */
export function RunActions({ run, children }: { run: RunLiveFragment; children?: ReactNode }) {
  const { canWrite } = useViewer();
  const [asking, setAsking] = useState(false);
  const variables = { id: run.id };
  const [cancel, cancelling] = useMutation(CancelRunDocument, { variables });
  const tooLate = useTooLate(run);
  const [retry, retrying] = useMutation(RetryRunDocument, { variables });
  const [archive, archiving] = useMutation(ArchiveRunDocument, { variables: { id: run.id, archived: !run.archived } });
  const error = cancelling.error ?? retrying.error ?? archiving.error;
  const waits = run.state === 'QUEUED' || run.state === 'BLOCKED' || run.state === 'RUNNING';
  const retryable = run.state === 'FAILED' || run.state === 'CANCELLED';
  // A refused action says so below; the promise itself has nothing to add.
  const ignore = () => {};
  return (
    <div>
      <div className="flex flex-wrap gap-2">
        {canWrite && waits ? (
          <Button look="danger" busy={cancelling.loading || run.cancelRequested} onClick={() => setAsking(true)}>
            {run.cancelRequested ? 'Cancelling…' : 'Cancel'}
          </Button>
        ) : null}
        {canWrite && retryable ? (
          <Button busy={retrying.loading} onClick={() => retry().catch(ignore)}>
            Retry
          </Button>
        ) : null}
        {canWrite && !waits ? (
          <Button busy={archiving.loading} onClick={() => archive().catch(ignore)}>
            {run.archived ? 'Take out of the archive' : 'Archive'}
          </Button>
        ) : null}
        <LinkButton href={paths.schedule({ clone: run.id })}>Clone</LinkButton>
        {children}
      </div>
      <RunPriority run={run} />
      <Refusal of={error} className="mt-1" />
      {tooLate.words ? (
        <p role="status" className="mt-1 text-xs text-muted">
          {tooLate.words}
        </p>
      ) : null}
      <Dialog
        open={asking}
        onOpenChange={setAsking}
        title={`Cancel ${run.label}, seed ${run.seed}?`}
        description={
          waits
            ? 'Its epochs so far and its last checkpoint are kept; it can be retried from there.'
            : (tooLateWords(run.state) ?? 'It has been cancelled meanwhile.')
        }
      >
        <div className="flex justify-end gap-2">
          <Button onClick={() => setAsking(false)}>{waits ? 'Let it run' : 'Close'}</Button>
          {waits ? (
            <Button
              look="danger"
              onClick={() => {
                setAsking(false);
                tooLate.ask();
                cancel().catch(ignore);
              }}
            >
              Cancel the run
            </Button>
          ) : null}
        </div>
      </Dialog>
    </div>
  );
}
