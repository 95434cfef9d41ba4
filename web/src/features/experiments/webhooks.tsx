'use client';

import { useMutation, useQuery } from '@apollo/client/react';
import { useState } from 'react';
import {
  CreateWebhookDocument,
  DeleteWebhookDocument,
  TryWebhookDocument,
  type WebhookEvent,
  WebhooksDocument,
} from '@/generated/graphql.ts';
import { errorMessage } from '@/lib/api/error-code.ts';
import { Button } from '@/ui/button.tsx';
import { Checkbox, Input } from '@/ui/input.tsx';
import { WebhookLine } from './webhook-line.tsx';

const events: readonly [WebhookEvent, string][] = [
  ['FINISHED', 'a run finished'],
  ['FAILED', 'a run failed'],
  ['TRAINER_LOST', 'a trainer was lost'],
];

/** Who is told by HTTP what happens to an experiment's runs, and what they answered. Read while it is open. */
export function Webhooks({ experimentId }: { experimentId: string }) {
  const {
    data,
    refetch,
    error: unread,
  } = useQuery(WebhooksDocument, {
    variables: { experimentId },
    fetchPolicy: 'network-only',
    pollInterval: 2000,
    errorPolicy: 'all',
  });
  const [url, setUrl] = useState('');
  const [chosen, setChosen] = useState<readonly WebhookEvent[]>(events.map(([event]) => event));
  const [create, { data: made, loading, error }] = useMutation(CreateWebhookDocument);
  const [remove, removal] = useMutation(DeleteWebhookDocument);
  const [attempt, trial] = useMutation(TryWebhookDocument);
  const failure = error ?? removal.error ?? trial.error ?? unread;
  const then = () => void refetch().catch(() => {});
  return (
    <div className="space-y-4">
      {data?.webhooks.length === 0 ? <p className="text-muted">Nobody is told yet.</p> : null}
      <ul className="divide-y divide-line">
        {data?.webhooks.map((webhook) => (
          <WebhookLine
            key={webhook.id}
            {...webhook}
            onTry={() => void attempt({ variables: { id: webhook.id } }).then(then, () => {})}
            onRemove={() => void remove({ variables: { id: webhook.id } }).then(then, () => {})}
          />
        ))}
      </ul>
      <form
        className="space-y-3"
        onSubmit={(event) => {
          event.preventDefault();
          if (loading || chosen.length === 0) return;
          create({ variables: { experimentId, url: url.trim(), events: [...chosen] } }).then(
            () => {
              setUrl('');
              then();
            },
            () => {},
          );
        }}
      >
        <Input
          type="url"
          aria-label="Address"
          placeholder="https://hooks.slack.com/services/…"
          value={url}
          onChange={(event) => setUrl(event.target.value)}
          required
          maxLength={2000}
        />
        <fieldset className="flex flex-wrap gap-x-4 gap-y-2">
          <legend className="sr-only">When to call it</legend>
          {events.map(([event, name]) => (
            <Checkbox
              key={event}
              checked={chosen.includes(event)}
              onChange={({ target }) => setChosen(target.checked ? [...chosen, event] : chosen.filter((other) => other !== event))}
            >
              {name}
            </Checkbox>
          ))}
        </fieldset>
        <Button type="submit" look="primary" busy={loading} disabled={url.trim() === '' || chosen.length === 0}>
          Add
        </Button>
      </form>
      {failure ? (
        <p role="alert" className="text-xs text-danger">
          {errorMessage(failure)}
        </p>
      ) : null}
      {made ? (
        <div role="status">
          <p className="text-muted">What is sent is signed with this secret. It is shown this once; Slack needs none.</p>
          <pre className="mt-2 bg-sunken px-3 py-2 font-mono text-xs whitespace-pre-wrap select-all [overflow-wrap:anywhere]">
            {made.createWebhook.secret}
          </pre>
        </div>
      ) : null}
    </div>
  );
}
