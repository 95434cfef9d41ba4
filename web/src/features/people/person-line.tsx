'use client';

import { useMutation } from '@apollo/client/react';
import { useId } from 'react';
import { ChangeRoleDocument, InviteAgainDocument, type ListedPersonFragment } from '@/generated/graphql.ts';
import { useViewer } from '@/lib/viewer.tsx';
import { Ago } from '@/ui/ago.tsx';
import { Button } from '@/ui/button.tsx';
import { Select } from '@/ui/input.tsx';
import { Refusal } from '@/ui/refusal.tsx';
import { InvitationLink } from './invitation-link.tsx';
import { RemovePerson } from './remove-person.tsx';
import { readRole, roles } from './roles.ts';

type Props = { person: ListedPersonFragment; isLastAdmin: boolean; onChanged: () => void };

/** Somebody, their role and when they were here last. The last admin's role stays, and says why. */
export function PersonLine({ person: { id, name, role, lastSeenAt, sessions }, isLastAdmin, onChanged }: Props) {
  const viewer = useViewer();
  const isSelf = viewer.signedIn === true && viewer.name === name;
  const why = useId();
  const [change, changing] = useMutation(ChangeRoleDocument);
  const [inviteAgain, inviting] = useMutation(InviteAgainDocument, { variables: { id } });
  const error = changing.error ?? inviting.error;
  const link = inviting.data?.inviteAgain;
  return (
    <li className="grid grid-cols-[minmax(0,1fr)_auto] items-center gap-x-4 gap-y-2 border-b border-line py-2.5 sm:grid-cols-[minmax(0,1fr)_9rem_11rem]">
      <div className="col-span-2 min-w-0 sm:col-span-1">
        <p className="font-medium [overflow-wrap:anywhere]">
          {name}
          {isSelf ? <span className="ml-2 text-xs font-normal text-muted">you</span> : null}
        </p>
        <p className="text-xs text-muted">
          {lastSeenAt ? (
            <>
              Seen <Ago at={lastSeenAt} />
            </>
          ) : (
            'Not seen yet'
          )}
          , {browsers(sessions)}
        </p>
        {isLastAdmin ? (
          <p id={why} className="text-xs text-muted">
            The last admin: make somebody else one first.
          </p>
        ) : null}
      </div>
      <Select
        aria-label={`Role of ${name}`}
        value={role}
        disabled={isLastAdmin}
        aria-describedby={isLastAdmin ? why : undefined}
        onChange={(event) => {
          if (!changing.loading) void change({ variables: { id, role: readRole(event.target.value) } }).catch(() => {});
        }}
      >
        {roles.map(({ value, name: label }) => (
          <option key={value} value={value}>
            {label}
          </option>
        ))}
      </Select>
      <div className="flex gap-2 justify-self-end">
        {isSelf ? null : (
          <Button
            small
            look="quiet"
            busy={inviting.loading}
            aria-label={`New password for ${name}`}
            onClick={() => void inviteAgain().then(onChanged, () => {})}
          >
            New password
          </Button>
        )}
        <RemovePerson id={id} name={name} isSelf={isSelf} isLastAdmin={isLastAdmin} onRemoved={onChanged} />
      </div>
      {link ? (
        <div className="col-span-full">
          <InvitationLink token={link.token} {...link.invitation} onDone={() => inviting.reset()} />
        </div>
      ) : null}
      <Refusal of={error} className="col-span-full" />
    </li>
  );
}

function browsers(count: number): string {
  if (count === 0) return 'signed in nowhere';
  return count === 1 ? 'signed in with one browser' : `signed in with ${count} browsers`;
}
