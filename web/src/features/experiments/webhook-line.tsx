import type { WebhooksQuery } from '@/generated/graphql.ts';
import { Button } from '@/ui/button.tsx';

export type Webhook = WebhooksQuery['webhooks'][number];

type Props = { webhook: Webhook; onTry: () => void; onRemove: () => void };

/** One address, and the last that was heard of it. */
export function WebhookLine({ webhook: { host, events, createdBy, last }, onTry, onRemove }: Props) {
  return (
    <li className="flex flex-wrap items-start justify-between gap-x-3 gap-y-2 py-2">
      <div className="min-w-0 grow basis-60">
        <p className="font-medium [overflow-wrap:anywhere]">{host}</p>
        <p className="text-xs text-muted">
          {events.map((event) => event.toLowerCase().replace('_', ' ')).join(', ')}; by {createdBy}
        </p>
        <p className={`text-xs [overflow-wrap:anywhere] ${last && !last.delivered && last.answer ? 'text-danger' : 'text-muted'}`}>
          {saidOf(last)}
        </p>
      </div>
      <div className="flex gap-2">
        <Button small onClick={onTry} aria-label={`Try ${host}`}>
          Try
        </Button>
        <Button small look="danger" onClick={onRemove} aria-label={`Remove ${host}`}>
          Remove
        </Button>
      </div>
    </li>
  );
}

function saidOf(last: Webhook['last']): string {
  if (!last) return 'Nothing was sent yet.';
  if (!last.answer) return 'Being sent.';
  if (last.delivered) return `Last answer: ${last.answer}`;
  const tries = last.tries === 1 ? 'once' : `${last.tries} times`;
  return `Not delivered, tried ${tries}${last.nextAt ? '; it is tried again' : ' and given up'}: ${last.answer}`;
}
