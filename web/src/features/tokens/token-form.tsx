'use client';

import { useMutation } from '@apollo/client/react';
import { KeyRound } from 'lucide-react';
import { useState } from 'react';
import { CreateTokenDocument } from '@/generated/graphql.ts';
import { useViewer } from '@/lib/viewer.tsx';
import { Button } from '@/ui/button.tsx';
import { Checkbox, Input } from '@/ui/input.tsx';
import { Labelled } from '@/ui/labelled.tsx';
import { Refusal } from '@/ui/refusal.tsx';
import { SelectField } from '@/ui/select-field.tsx';
import { kindsFor } from './kinds.ts';
import { NewToken } from './new-token.tsx';

const lengths = [
  { value: 30, label: '30 days' },
  { value: 90, label: '90 days' },
  { value: 365, label: 'a year' },
  { value: 0, label: 'until it is revoked' },
];

const dayMs = 86_400_000;

/** Makes a token and shows its text, once. */
export function TokenForm({ onMade }: { onMade: () => void }) {
  const viewer = useViewer();
  const kinds = kindsFor(viewer.role);
  const [name, setName] = useState('');
  const [chosen, setKind] = useState<string>('MEMBER');
  const [days, setDays] = useState(90);
  const [bound, setBound] = useState(true);
  const [create, { data, loading, error, reset }] = useMutation(CreateTokenDocument);
  const kind = kinds.find(({ value }) => value === chosen)?.value ?? 'VIEWER';
  const isTrainers = kind === 'TRAINER';
  if (data?.createToken) return <NewToken {...data.createToken} onDone={() => reset()} />;
  const submit = async () => {
    const expiresAt = days > 0 ? new Date(Date.now() + days * dayMs).toISOString() : null;
    const rights = isTrainers
      ? ({ role: 'TRAINER', scope: 'MEMBER', bound } as const)
      : ({ role: 'PERSON', scope: kind, bound: false } as const);
    const answer = await create({ variables: { name: name.trim(), expiresAt, ...rights } }).catch(() => null);
    if (!answer) return;
    setName('');
    onMade();
  };
  return (
    <form
      className="pt-3"
      aria-label="Make a token"
      onSubmit={(event) => {
        event.preventDefault();
        if (!loading && name.trim() !== '') void submit();
      }}
    >
      <p className="max-w-[68ch] text-muted">
        For a script, a program or a machine.{' '}
        {isTrainers ? null : (
          <>
            What is done with it carries your name, and its own:{' '}
            <strong className="font-medium text-ink [overflow-wrap:anywhere]">
              {viewer.name} ({name.trim() || 'nightly sweep'})
            </strong>
          </>
        )}
      </p>
      <div className="mt-3 flex flex-wrap items-end gap-x-3 gap-y-2">
        <Labelled small label="Name" className="w-56">
          {(field) => (
            <Input
              {...field}
              value={name}
              onChange={(event) => setName(event.target.value)}
              maxLength={100}
              required
              placeholder="nightly sweep"
            />
          )}
        </Labelled>
        <SelectField
          label="Kind"
          value={kind}
          options={kinds.map(({ value, name: label, may }) => ({ value, label: `${label}: ${may}` }))}
          onChange={setKind}
        />
        <SelectField label="Good for" value={days} options={lengths} onChange={(length) => setDays(Number(length))} />
        {isTrainers ? (
          <Checkbox checked={bound} onChange={(event) => setBound(event.target.checked)}>
            Only the first machine that joins with it
          </Checkbox>
        ) : null}
        <Button type="submit" busy={loading} disabled={name.trim() === ''}>
          <KeyRound aria-hidden className="size-3.5" /> Make the token
        </Button>
      </div>
      <Refusal of={error} className="mt-2" />
    </form>
  );
}
