'use client';

import { useMutation, useQuery } from '@apollo/client/react';
import { useId, useState } from 'react';
import { unmask } from '@/generated/fragment-masking.ts';
import { AddSeedsDocument, type SeedsOf, SeedsPlanDocument, SeedsPlanFieldsFragmentDoc } from '@/generated/graphql.ts';
import { wholeNumber } from '@/lib/format/number.ts';
import { useSettled } from '@/lib/use-settled.ts';
import { Button } from '../button.tsx';
import { Checkbox, Input } from '../input.tsx';
import { Refusal } from '../refusal.tsx';
import { Bar } from '../skeleton.tsx';
import { SeedsAdded, SeedsQuote } from './seeds-quote.tsx';

/** As many as the API adds at once. */
const most = 50;

type Props = { of: SeedsOf; withTwins: boolean; onAdded: (() => void) | undefined; onClose: () => void };

/** How many seeds, what they cost and may tell, and the button; then what was scheduled. */
export function AddSeedsForm({ of, withTwins, onAdded, onClose }: Props) {
  const id = useId();
  const [text, setText] = useState('3');
  const [twins, setTwins] = useState(withTwins);
  const count = /^\d{1,4}$/.test(text.trim()) ? Number(text) : 0;
  const allowed = count >= 1 && count <= most;
  const asked = useSettled(count);
  const variables = { of, count: asked, withTwins: twins };
  const quote = useQuery(SeedsPlanDocument, { variables, fetchPolicy: 'no-cache', skip: asked < 1 || asked > most });
  const [add, adding] = useMutation(AddSeedsDocument);
  const plan = unmask(SeedsPlanFieldsFragmentDoc, (quote.data ?? quote.previousData)?.seedsPlan);
  const settled = !quote.loading && asked === count;
  const scheduled = adding.data?.addSeeds.scheduled;
  if (scheduled)
    return (
      <div className="space-y-4">
        <SeedsAdded runs={scheduled} />
        <div className="flex justify-end">
          <Button autoFocus onClick={onClose}>
            Close
          </Button>
        </div>
      </div>
    );
  const submit = async () => {
    const answer = await add({ variables: { of, count, withTwins: twins } }).catch(() => null);
    if (answer) onAdded?.();
  };
  const error = adding.error ?? (settled ? quote.error : undefined);
  return (
    <form
      className="space-y-4"
      onSubmit={(event) => {
        event.preventDefault();
        if (allowed && settled && !error) void submit();
      }}
    >
      <div className="flex flex-wrap items-center gap-x-5 gap-y-2">
        <label htmlFor={id} className="inline-flex items-center gap-2 text-[0.8125rem]">
          <Input
            id={id}
            inputMode="numeric"
            className="!w-16"
            value={text}
            aria-invalid={!allowed || undefined}
            aria-describedby="seeds-allowed"
            onChange={(event) => setText(event.target.value)}
          />
          further {count === 1 ? 'seed' : 'seeds'}
        </label>
        {withTwins ? (
          <Checkbox checked={twins} onChange={(event) => setTwins(event.target.checked)}>
            The independent twin as well
          </Checkbox>
        ) : null}
      </div>
      <p id="seeds-allowed" className={allowed ? 'sr-only' : 'text-xs text-danger'}>
        A whole number from 1 to {most}.
      </p>
      {plan && allowed && !error ? (
        <div aria-busy={!settled} className={settled ? undefined : 'opacity-60'}>
          <SeedsQuote plan={plan} />
        </div>
      ) : error || !allowed ? null : (
        <div className="space-y-3 py-1">
          <Bar className="h-3 w-2/3" />
          <Bar className="h-3 w-1/2" />
        </div>
      )}
      <Refusal of={error} />
      <div className="flex justify-end gap-2">
        <Button onClick={onClose}>Leave it</Button>
        <Button type="submit" look="primary" disabled={!allowed || !settled || !plan || adding.loading || quote.error !== undefined}>
          {adding.loading
            ? 'Scheduling…'
            : plan && settled && allowed
              ? `Schedule ${plan.runCount === 1 ? '1 run' : `${wholeNumber(plan.runCount)} runs`}`
              : 'Schedule'}
        </Button>
      </div>
    </form>
  );
}
