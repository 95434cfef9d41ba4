'use client';

import { useMutation } from '@apollo/client/react';
import { UserPlus } from 'lucide-react';
import { useState } from 'react';
import { InviteDocument, type Role } from '@/generated/graphql.ts';
import { Button } from '@/ui/button.tsx';
import { Select } from '@/ui/input.tsx';
import { Labelled } from '@/ui/labelled.tsx';
import { Refusal } from '@/ui/refusal.tsx';
import { InvitationLink } from './invitation-link.tsx';
import { readRole, roles } from './roles.ts';

const lengths = [
  { days: 1, name: '1 day' },
  { days: 7, name: '7 days' },
  { days: 30, name: '30 days' },
];

/** Makes an invitation and shows its link, once. */
export function InviteForm({ onInvited }: { onInvited: () => void }) {
  const [role, setRole] = useState<Role>('MEMBER');
  const [days, setDays] = useState(7);
  const [invite, { data, loading, error, reset }] = useMutation(InviteDocument);
  if (data?.invite) return <InvitationLink token={data.invite.token} {...data.invite.invitation} onDone={() => reset()} />;
  return (
    <form
      className="pt-3"
      aria-label="Invite somebody"
      onSubmit={(event) => {
        event.preventDefault();
        if (!loading) void invite({ variables: { role, days } }).then(onInvited, () => {});
      }}
    >
      <p className="max-w-[68ch] text-muted">
        An invitation is a link for one person, who chooses a name and a password with it. Send it by a way that you trust.
      </p>
      <div className="mt-3 flex flex-wrap items-end gap-x-3 gap-y-2">
        <Labelled small label="Role">
          {(field) => (
            <Select {...field} value={role} onChange={(event) => setRole(readRole(event.target.value))}>
              {roles.map(({ value, name, may }) => (
                <option key={value} value={value}>
                  {name}: {may}
                </option>
              ))}
            </Select>
          )}
        </Labelled>
        <Labelled small label="Open for">
          {(field) => (
            <Select {...field} value={days} onChange={(event) => setDays(Number(event.target.value))}>
              {lengths.map((length) => (
                <option key={length.days} value={length.days}>
                  {length.name}
                </option>
              ))}
            </Select>
          )}
        </Labelled>
        <Button type="submit" busy={loading}>
          <UserPlus aria-hidden className="size-3.5" /> Make an invitation
        </Button>
      </div>
      <Refusal of={error} className="mt-2" />
    </form>
  );
}
