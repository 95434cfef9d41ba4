'use client';

import { useMutation } from '@apollo/client/react';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { DeleteRunDocument } from '@/generated/graphql.ts';
import { paths } from '@/lib/paths.ts';
import { Button } from '@/ui/button.tsx';
import { ConfirmDialog } from '@/ui/confirm-dialog.tsx';

/** Deletes an archived run for good, once that was confirmed, and goes on to the rest of its group. */
export function DeleteRun({ id, name, groupKey }: { id: string; name: string; groupKey: string }) {
  const router = useRouter();
  const [asking, setAsking] = useState(false);
  const [remove, { loading, error }] = useMutation(DeleteRunDocument, { variables: { id } });
  const submit = async () => {
    const answer = await remove().catch(() => null);
    if (answer) router.push(paths.runs({ group: groupKey, archived: 'yes' }));
  };
  return (
    <>
      <Button look="danger" onClick={() => setAsking(true)}>
        Delete
      </Button>
      <ConfirmDialog
        open={asking}
        onOpenChange={setAsking}
        title={`Delete ${name} for good?`}
        description="Its curves, results, log, weights and checkpoints go with it. This cannot be undone."
        keep="Keep it"
        confirm="Delete the run"
        busy={loading}
        error={error}
        onConfirm={() => void submit()}
      />
    </>
  );
}
