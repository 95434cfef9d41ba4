'use client';

import { useMutation, useQuery } from '@apollo/client/react';
import { useState } from 'react';
import { DeleteWebhookDocument, TryWebhookDocument, WebhooksDocument } from '@/generated/graphql.ts';
import { ConfirmDialog } from '@/ui/confirm-dialog.tsx';
import { Refusal } from '@/ui/refusal.tsx';
import { type Webhook, WebhookLine } from './webhook-line.tsx';

const again = { refetchQueries: [WebhooksDocument] };

/** An experiment's webhooks, and what they answered. Read again and again while it is open. */
export function WebhookList({ experimentId }: { experimentId: string }) {
  const options = { variables: { experimentId }, fetchPolicy: 'network-only', pollInterval: 2000, errorPolicy: 'all' } as const;
  const { data, error: unread } = useQuery(WebhooksDocument, options);
  const [attempt, trial] = useMutation(TryWebhookDocument, again);
  const [remove, removal] = useMutation(DeleteWebhookDocument, again);
  const [removing, setRemoving] = useState<Webhook | null>(null);
  const failure = trial.error ?? unread;
  const confirm = async ({ id }: Webhook) => {
    if (await remove({ variables: { id } }).catch(() => null)) setRemoving(null);
  };
  return (
    <>
      {data?.webhooks.length === 0 ? <p className="text-muted">Nobody is told yet.</p> : null}
      <ul className="divide-y divide-line empty:hidden">
        {data?.webhooks.map((webhook) => (
          <WebhookLine
            key={webhook.id}
            webhook={webhook}
            onTry={() => void attempt({ variables: { id: webhook.id } }).catch(() => {})}
            onRemove={() => {
              removal.reset();
              setRemoving(webhook);
            }}
          />
        ))}
      </ul>
      <Refusal of={failure} />
      {removing ? (
        <ConfirmDialog
          open
          onOpenChange={(open) => open || setRemoving(null)}
          title={`Remove the webhook to ${removing.host}?`}
          description="It is told nothing more. Its address and its secret are kept nowhere else."
          keep="Keep it"
          confirm="Remove the webhook"
          busy={removal.loading}
          error={removal.error}
          onConfirm={() => void confirm(removing)}
        />
      ) : null}
    </>
  );
}
