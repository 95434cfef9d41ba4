'use client';

import { useMutation } from '@apollo/client/react';
import { UserPlus } from 'lucide-react';
import { useState } from 'react';
import { InviteDocument, type Role } from '@/generated/graphql.ts';
import { Button } from '@/ui/button.tsx';
import { Refusal } from '@/ui/refusal.tsx';
import { SelectField } from '@/ui/select-field.tsx';
import { InvitationLink } from './invitation-link.tsx';
import { readRole, roles } from './roles.ts';

const lengths = [
  { value: 1, label: '1 day' },
  { value: 7, label: '7 days' },
  { value: 30, label: '30 days' },
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
        <SelectField
          label="Role"
          value={role}
          options={roles.map(({ value, name, may }) => ({ value, label: `${name}: ${may}` }))}
          onChange={(chosen) => setRole(readRole(chosen))}
        />
        <SelectField label="Open for" value={days} options={lengths} onChange={(chosen) => setDays(Number(chosen))} />
        <Button type="submit" busy={loading}>
          <UserPlus aria-hidden className="size-3.5" /> Make an invitation
        </Button>
      </div>
      <Refusal of={error} className="mt-2" />
    </form>
  );
}
