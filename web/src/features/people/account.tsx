'use client';

import { basePath } from '@/lib/base-path.ts';
import { useViewer } from '@/lib/viewer.tsx';
import { Button } from '@/ui/button.tsx';
import { Input } from '@/ui/input.tsx';
import { Notice } from '@/ui/notice.tsx';
import { SectionTitle } from '@/ui/page-header.tsx';
import { PasswordForm } from './password-form.tsx';
import { wordsOf } from './roles.ts';

/** One's own account: who one is here, the password, and signing out. */
export function Account({ unanswered }: { unanswered: boolean }) {
  const { name, role, signedIn } = useViewer();
  if (!signedIn || !role)
    return (
      <Notice title="You are not signed in">
        {name ? `You came with the key "${name}", not by name and password.` : 'There is no account that this page is about.'}
      </Notice>
    );
  return (
    <>
      {unanswered ? (
        <Notice tone="danger" title="You are still signed in" className="mb-6">
          The API did not answer: try again in a moment.
        </Notice>
      ) : null}
      <dl className="grid grid-cols-[6rem_1fr] gap-y-1">
        <dt className="text-muted">Name</dt>
        <dd className="[overflow-wrap:anywhere]">{name}</dd>
        <dt className="text-muted">Role</dt>
        <dd>
          {wordsOf(role).name}: {wordsOf(role).may}
        </dd>
      </dl>
      <section aria-labelledby="out" className="mt-8">
        <SectionTitle id="out">Sign out</SectionTitle>
        <div className="flex flex-wrap gap-2 pt-3">
          <form action={`${basePath}/sign-out`} method="post">
            <Button type="submit">Sign out</Button>
          </form>
          <form action={`${basePath}/sign-out`} method="post">
            <Input type="hidden" name="everywhere" value="yes" />
            <Button type="submit">Sign out everywhere</Button>
          </form>
        </div>
        <p className="mt-2 max-w-[68ch] text-xs text-muted">Everywhere: in every browser that you are signed in with, this one too.</p>
      </section>
      <section aria-labelledby="password" className="mt-10">
        <SectionTitle id="password">Password</SectionTitle>
        <PasswordForm name={name ?? ''} />
      </section>
    </>
  );
}
