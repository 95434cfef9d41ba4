'use client';

import { useMutation } from '@apollo/client/react';
import { type OpenInvitationFragment, RevokeInvitationDocument } from '@/generated/graphql.ts';
import { momentUtc } from '@/lib/format/time.ts';
import { Ago } from '@/ui/ago.tsx';
import { Button } from '@/ui/button.tsx';
import { Refusal } from '@/ui/refusal.tsx';
import { wordsOf } from './roles.ts';

type Props = { invitation: OpenInvitationFragment; onRevoked: () => void };

/** An invitation that nobody has used yet; it can be taken back. */
export function InvitationLine({ invitation: { id, role, name, createdBy, createdAt, expiresAt }, onRevoked }: Props) {
  const [revoke, { error, loading }] = useMutation(RevokeInvitationDocument, { variables: { id } });
  const whom = name ? `${name}, to choose another password` : wordsOf(role).one;
  const by = createdBy ?? 'the server, for its first admin';
  return (
    <li className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1 border-b border-line py-2.5">
      <div className="min-w-0">
        <p>For {whom}</p>
        <p className="text-xs text-muted">
          Made by {by}, <Ago at={createdAt} />; open until {momentUtc(new Date(expiresAt))}
        </p>
      </div>
      <Button
        small
        look="danger"
        busy={loading}
        aria-label={`Take back the invitation for ${whom}, made by ${by}`}
        onClick={() => void revoke().then(onRevoked, () => {})}
      >
        Take back
      </Button>
      <Refusal of={error} className="w-full" />
    </li>
  );
}
