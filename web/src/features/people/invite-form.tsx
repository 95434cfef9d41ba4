'use client';

import { useMutation } from '@apollo/client/react';
import { UserPlus } from 'lucide-react';
import { useId, useState } from 'react';
import { InviteDocument, type Role } from '@/generated/graphql.ts';
import { errorMessage } from '@/lib/api/error-code.ts';
import { Button } from '@/ui/button.tsx';
import { Select } from '@/ui/input.tsx';
import { InvitationLink } from './invitation-link.tsx';
import { readRole, roles } from './roles.ts';

const lengths = [
  { days: 1, name: '1 day' },
  { days: 7, name: '7 days' },
  { days: 30, name: '30 days' },
];

/** Makes an invitation and shows its link, once. */
export function InviteForm({ onInvited }: { onInvited: () => void }) {
  const id = useId();
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
        <div className="grid max-w-full gap-1 text-xs text-muted">
          <label htmlFor={`${id}-role`}>Role</label>
          <Select id={`${id}-role`} value={role} onChange={(event) => setRole(readRole(event.target.value))}>
            {roles.map(({ value, name, may }) => (
              <option key={value} value={value}>
                {name}: {may}
              </option>
            ))}
          </Select>
        </div>
        <div className="grid gap-1 text-xs text-muted">
          <label htmlFor={`${id}-days`}>Open for</label>
          <Select id={`${id}-days`} value={days} onChange={(event) => setDays(Number(event.target.value))}>
            {lengths.map((length) => (
              <option key={length.days} value={length.days}>
                {length.name}
              </option>
            ))}
          </Select>
        </div>
        <Button type="submit" busy={loading}>
          <UserPlus aria-hidden className="size-3.5" /> Make an invitation
        </Button>
      </div>
      {error ? (
        <p role="alert" className="mt-2 text-xs text-danger">
          {errorMessage(error)}
        </p>
      ) : null}
    </form>
  );
}
