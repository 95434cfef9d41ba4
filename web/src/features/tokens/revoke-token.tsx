'use client';

import { useMutation } from '@apollo/client/react';
import { useState } from 'react';
import { type ListedTokenFragment, RevokeTokenDocument } from '@/generated/graphql.ts';
import { Button } from '@/ui/button.tsx';
import { ConfirmDialog } from '@/ui/confirm-dialog.tsx';

/** Revokes a token, once it was confirmed what ends with it. */
export function RevokeToken({ token, onRevoked }: { token: ListedTokenFragment; onRevoked: () => void }) {
  const { id, name } = token;
  const [asking, setAsking] = useState(false);
  const [revoke, { loading, error, reset }] = useMutation(RevokeTokenDocument, { variables: { id } });
  const submit = async () => {
    const answer = await revoke().catch(() => null);
    if (!answer) return;
    setAsking(false);
    onRevoked();
  };
  const open = (next: boolean) => {
    if (next) reset();
    setAsking(next);
  };
  return (
    <>
      <Button small look="danger" aria-label={`Revoke ${name}`} onClick={() => open(true)}>
        Revoke
      </Button>
      <ConfirmDialog
        open={asking}
        onOpenChange={open}
        title={`Revoke ${name}?`}
        description={whatEnds(token)}
        keep="Keep it"
        confirm="Revoke the token"
        busy={loading}
        error={error}
        onConfirm={() => void submit()}
      />
    </>
  );
}

function whatEnds({ role, isCallers, trainers }: ListedTokenFragment): string {
  const never = 'It cannot be made good again.';
  if (isCallers) return `You came with this token: this browser is shut out at once, with every page that is open by it. ${never}`;
  if (role === 'PERSON') return `Whoever uses it is shut out within a second, also from pages that are open. ${never}`;
  if (trainers === 0) return `No trainer is in the fleet by it; none can join with it any more. ${never}`;
  const [which, run] = trainers === 1 ? ['One trainer is', 'it runs'] : [`${trainers} trainers are`, 'they run'];
  return `${which} in the fleet by it and will end; what ${run} goes back into the queue with its checkpoints. ${never}`;
}
