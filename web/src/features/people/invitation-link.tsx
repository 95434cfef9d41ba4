'use client';

import type { Role } from '@/generated/graphql.ts';
import { basePath } from '@/lib/base-path.ts';
import { momentUtc } from '@/lib/format/time.ts';
import { ShownOnce } from '@/ui/shown-once.tsx';
import { wordsOf } from './roles.ts';

type Props = { token: string; role: Role; name?: string | null; expiresAt: string; onDone: () => void };

/** A new invitation's link, this once. */
export function InvitationLink({ token, role, name, expiresAt, onDone }: Props) {
  const link = `${location.origin}${basePath}/join?invitation=${token}`;
  return (
    <ShownOnce
      about={
        <>
          {name ? `With it ${name} chooses another password` : `It makes ${wordsOf(role).one} of whoever uses it first`}, until{' '}
          {momentUtc(new Date(expiresAt))}. It is shown this once; only its hash is kept.
        </>
      }
      text={link}
      copies={{ 'Copy the link': link }}
      onDone={onDone}
    />
  );
}
