'use client';

import { useMutation } from '@apollo/client/react';
import { useState } from 'react';
import { CreateWebhookDocument, WebhooksDocument } from '@/generated/graphql.ts';
import { Button } from '@/ui/button.tsx';
import { Dialog } from '@/ui/dialog.tsx';
import { ShownOnce } from '@/ui/shown-once.tsx';
import { allEvents, type NewWebhook, WebhookForm } from './webhook-form.tsx';
import { WebhookList } from './webhook-list.tsx';

const blank: NewWebhook = { url: '', events: allEvents };

/** Opens who is told by HTTP what happens to an experiment's runs. What was typed, and a secret that nobody has taken yet, outlive the window. */
export function Webhooks({ experimentId }: { experimentId: string }) {
  const [open, setOpen] = useState(false);
  const [typed, setTyped] = useState(blank);
  const [create, { data, loading, error, reset }] = useMutation(CreateWebhookDocument, { refetchQueries: [WebhooksDocument] });
  const made = data?.createWebhook;
  const submit = async ({ url, events }: NewWebhook) => {
    const answer = await create({ variables: { experimentId, url: url.trim(), events: [...events] } }).catch(() => null);
    if (answer) setTyped(blank);
  };
  return (
    <>
      <Button onClick={() => setOpen(true)}>Webhooks</Button>
      <Dialog
        open={open}
        onOpenChange={setOpen}
        title="Webhooks"
        description="An address that is told, in Slack's format, what happens to this experiment's runs."
      >
        <div className="space-y-4">
          <WebhookList experimentId={experimentId} />
          {made ? (
            <ShownOnce
              about={
                <>
                  What is sent to {made.webhook.host} is signed with this secret, shown this once. A receiver that checks signatures needs
                  it; Slack does not.
                </>
              }
              text={made.secret}
              copies={{ 'Copy the secret': made.secret }}
              onDone={() => reset()}
            />
          ) : (
            <WebhookForm typed={typed} onType={setTyped} busy={loading} error={error} onSubmit={(webhook) => void submit(webhook)} />
          )}
        </div>
      </Dialog>
    </>
  );
}
