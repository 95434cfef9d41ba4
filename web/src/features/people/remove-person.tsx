'use client';

import { useMutation } from '@apollo/client/react';
import { useState } from 'react';
import { RemovePersonDocument } from '@/generated/graphql.ts';
import { Button } from '@/ui/button.tsx';
import { ConfirmDialog } from '@/ui/confirm-dialog.tsx';

type Props = { id: string; name: string; isSelf: boolean; isLastAdmin: boolean; onRemoved: () => void };

/** Removes somebody, once that was confirmed. */
export function RemovePerson({ id, name, isSelf, isLastAdmin, onRemoved }: Props) {
  const [asking, setAsking] = useState(false);
  const [remove, { loading, error, reset }] = useMutation(RemovePersonDocument, { variables: { id } });
  const submit = async () => {
    const answer = await remove().catch(() => null);
    if (!answer) return;
    setAsking(false);
    onRemoved();
  };
  const open = (next: boolean) => {
    if (next) reset();
    setAsking(next);
  };
  return (
    <>
      <Button small look="danger" disabled={isLastAdmin} aria-label={`Remove ${name}`} onClick={() => open(true)}>
        Remove
      </Button>
      <ConfirmDialog
        open={asking}
        onOpenChange={open}
        title={isSelf ? 'Remove your own account?' : `Remove ${name}?`}
        description={`${isSelf ? 'You are' : `${name} is`} signed out everywhere at once, and tokens made for people end, too. What was scheduled and written keeps the name, which nobody else can take.`}
        keep="Keep"
        confirm="Remove the account"
        busy={loading}
        error={error}
        onConfirm={() => void submit()}
      />
    </>
  );
}
