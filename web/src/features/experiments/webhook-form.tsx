import type { WebhookEvent } from '@/generated/graphql.ts';
import { Button } from '@/ui/button.tsx';
import { Checkbox, Input } from '@/ui/input.tsx';
import { Refusal } from '@/ui/refusal.tsx';

export type NewWebhook = { url: string; events: readonly WebhookEvent[] };

const events: readonly [WebhookEvent, string][] = [
  ['FINISHED', 'a run finished'],
  ['FAILED', 'a run failed'],
  ['TRAINER_LOST', 'a trainer was lost'],
];

export const allEvents = events.map(([event]) => event);

type Props = {
  typed: NewWebhook;
  onType: (typed: NewWebhook) => void;
  busy: boolean;
  error: unknown;
  onSubmit: (webhook: NewWebhook) => void;
};

/** Another address, and what it is told. */
export function WebhookForm({ typed, onType, busy, error, onSubmit }: Props) {
  const { url, events: chosen } = typed;
  const isComplete = url.trim() !== '' && chosen.length > 0;
  return (
    <form
      className="space-y-3"
      onSubmit={(event) => {
        event.preventDefault();
        if (!busy && isComplete) onSubmit(typed);
      }}
    >
      <Input
        type="url"
        aria-label="Address"
        placeholder="https://hooks.slack.com/services/…"
        value={url}
        onChange={(event) => onType({ ...typed, url: event.target.value })}
        required
        maxLength={2000}
      />
      <fieldset className="flex flex-wrap gap-x-4">
        <legend className="sr-only">When to call it</legend>
        {events.map(([event, name]) => (
          <Checkbox
            key={event}
            checked={chosen.includes(event)}
            onChange={({ target }) =>
              onType({ ...typed, events: target.checked ? [...chosen, event] : chosen.filter((other) => other !== event) })
            }
          >
            {name}
          </Checkbox>
        ))}
      </fieldset>
      <Refusal of={error} />
      <div className="flex justify-end">
        <Button type="submit" look="primary" busy={busy} disabled={!isComplete}>
          Add
        </Button>
      </div>
    </form>
  );
}
