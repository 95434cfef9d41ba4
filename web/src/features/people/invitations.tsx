'use client';

import type { OpenInvitationFragment } from '@/generated/graphql.ts';
import { SectionTitle } from '@/ui/page-header.tsx';
import { InvitationLine } from './invitation-line.tsx';
import { InviteForm } from './invite-form.tsx';

/** Invitations: those that nobody has used yet, and a new one. */
export function Invitations({ open, onChanged }: { open: readonly OpenInvitationFragment[]; onChanged: () => void }) {
  return (
    <section aria-labelledby="invitations" className="mt-10">
      <SectionTitle id="invitations" aside={open.length > 0 ? `${open.length} open` : undefined}>
        Invitations
      </SectionTitle>
      {open.length > 0 ? (
        <ul>
          {open.map((invitation) => (
            <InvitationLine key={invitation.id} invitation={invitation} onRevoked={onChanged} />
          ))}
        </ul>
      ) : null}
      <InviteForm onInvited={onChanged} />
    </section>
  );
}
