'use client';

import { basePath } from '@/lib/base-path.ts';
import { Button } from '@/ui/button.tsx';
import { Input } from '@/ui/input.tsx';
import { Labelled } from '@/ui/labelled.tsx';
import { Refusal } from '@/ui/refusal.tsx';
import { useSending } from './use-sending.ts';

type Props = {
  invitation: string;
  /** Of who has an account already, and chooses another password. */
  name?: string | null | undefined;
  /** What to say above it, of a form that was sent without scripts. */
  problem?: string | undefined;
};

/** Accepts an invitation: chooses a name and a password. */
export function JoinForm({ invitation, name, problem }: Props) {
  const { send, sending, said } = useSending();
  const message = said ?? problem;
  return (
    <form action={`${basePath}/join/accept`} method="post" onSubmit={send} className="mt-5 grid max-w-sm gap-3" aria-label="Join">
      <Input type="hidden" name="invitation" value={invitation} />
      {name ? (
        <Input name="name" autoComplete="username" value={name} readOnly hidden className="hidden" />
      ) : (
        <Labelled label="Name" hint="2 to 40 characters. You sign in with it, and all that you do here carries it.">
          {(field) => <Input {...field} name="name" autoComplete="username" spellCheck={false} required minLength={2} maxLength={80} />}
        </Labelled>
      )}
      <Labelled label="Password" hint="At least 10 characters. Length is what counts: some words in a row will do.">
        {(field) => (
          <Input {...field} name="password" type="password" autoComplete="new-password" required minLength={10} maxLength={128} />
        )}
      </Labelled>
      <Refusal of={message} />
      <div>
        <Button type="submit" look="primary" busy={sending}>
          {name ? 'Use this password' : 'Make the account'}
        </Button>
      </div>
    </form>
  );
}
