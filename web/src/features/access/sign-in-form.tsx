'use client';

import { usePathname, useSearchParams } from 'next/navigation';
import { basePath } from '@/lib/base-path.ts';
import { Button } from '@/ui/button.tsx';
import { Input } from '@/ui/input.tsx';
import { Labelled } from '@/ui/labelled.tsx';
import { Refusal } from '@/ui/refusal.tsx';
import { useSending } from './use-sending.ts';

type Props = {
  /** Where to go then; absent: the page that the form stands in for. */
  next?: string | undefined;
  /** What to say above it, of a form that was sent without scripts. */
  problem?: string | undefined;
};

/** Signs in by name and password. It works before the page's scripts have come alive, and without them. */
export function SignInForm({ next, problem }: Props) {
  const here = usePathname();
  const search = useSearchParams().toString();
  const { send, sending, said } = useSending();
  const message = said ?? problem;
  return (
    <form action={`${basePath}/sign-in/begin`} method="post" onSubmit={send} className="mt-5 grid max-w-sm gap-3" aria-label="Sign in">
      <Input type="hidden" name="next" value={next ?? (search ? `${here}?${search}` : here)} />
      <Labelled label="Name">
        {(field) => (
          <Input {...field} name="name" autoComplete="username" autoCapitalize="none" spellCheck={false} required maxLength={80} />
        )}
      </Labelled>
      <Labelled label="Password">
        {(field) => <Input {...field} name="password" type="password" autoComplete="current-password" required maxLength={128} />}
      </Labelled>
      <Refusal of={message} />
      <div>
        <Button type="submit" look="primary" busy={sending}>
          Sign in
        </Button>
      </div>
    </form>
  );
}
