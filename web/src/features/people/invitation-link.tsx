'use client';

import type { Role } from '@/generated/graphql.ts';
import { basePath } from '@/lib/base-path.ts';
import { momentUtc } from '@/lib/format/time.ts';
import { Button } from '@/ui/button.tsx';
import { CopyButton } from '@/ui/copy-button.tsx';
import { wordsOf } from './roles.ts';

type Props = { token: string; role: Role; name?: string | null; expiresAt: string; onDone: () => void };

/** A new invitation's link, this once. */
export function InvitationLink({ token, role, name, expiresAt, onDone }: Props) {
  const link = `${location.origin}${basePath}/join?invitation=${token}`;
  return (
    <div role="status" className="pt-3">
      <p className="max-w-[68ch] text-muted">
        {name ? `With it ${name} chooses another password` : `It makes ${wordsOf(role).one} of whoever uses it first`}, until{' '}
        {momentUtc(new Date(expiresAt))}. It is shown this once; only its hash is kept.
      </p>
      <pre className="mt-3 max-w-3xl select-all overflow-x-auto bg-sunken px-3 py-2.5 font-mono text-xs leading-6 whitespace-pre-wrap [overflow-wrap:anywhere]">
        {link}
      </pre>
      <div className="mt-3 flex flex-wrap gap-2">
        <CopyButton text={link} label="Copy the link" />
        <Button small look="quiet" onClick={onDone}>
          Done
        </Button>
      </div>
    </div>
  );
}
