import type { Metadata } from 'next';
import Link from 'next/link';
import { connection } from 'next/server';
import { joinProblem } from '@/features/access/because.ts';
import { JoinForm } from '@/features/access/join-form.tsx';
import { loadInvitation } from '@/features/access/load-invitation.ts';
import { paths } from '@/lib/paths.ts';
import { Wordmark } from '@/ui/wordmark.tsx';

export const metadata: Metadata = { title: 'Join' };

type Props = { searchParams: Promise<{ [name: string]: string | string[] | undefined }> };

const mayDo = {
  VIEWER: 'As a viewer you may read everything.',
  MEMBER: 'As a member you may schedule, change and discuss runs.',
  ADMIN: 'As an admin you may do everything, and let others in.',
};

function titleOf(found: Awaited<ReturnType<typeof loadInvitation>>): string {
  if ('problem' in found) return 'This invitation opens nothing';
  return found.name ? 'A new password' : 'You are invited';
}

export default async function JoinPage({ searchParams }: Props) {
  await connection();
  const { invitation, because } = await searchParams;
  const token = typeof invitation === 'string' ? invitation : '';
  const found = await loadInvitation(token);
  return (
    <main className="mx-auto max-w-2xl px-5 pt-[12vh] pb-16">
      <Wordmark className="text-lg" />
      <h1 className="mt-8 text-xl font-semibold tracking-tight">{titleOf(found)}</h1>
      {'problem' in found ? (
        <>
          <p role="alert" className="mt-2 text-muted">
            {found.problem}
          </p>
          <p className="mt-4">
            <Link href={paths.signIn} className="link">
              Sign in
            </Link>
          </p>
        </>
      ) : (
        <>
          <p className="mt-2 text-muted">
            {found.name
              ? `${found.name}, choose another password. You are signed out everywhere else by it.`
              : `${found.createdBy ? `${found.createdBy} invites you to this bench.` : 'You are the first here.'} ${mayDo[found.role]}`}
          </p>
          <JoinForm invitation={token} name={found.name} problem={joinProblem(because)} />
        </>
      )}
    </main>
  );
}
