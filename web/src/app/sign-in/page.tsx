import type { Metadata } from 'next';
import { connection } from 'next/server';
import { signInProblem } from '@/features/access/because.ts';
import { SignInForm } from '@/features/access/sign-in-form.tsx';
import { insidePath } from '@/server/inside-path.ts';
import { Wordmark } from '@/ui/wordmark.tsx';

export const metadata: Metadata = { title: 'Sign in' };

type Props = { searchParams: Promise<{ [name: string]: string | string[] | undefined }> };

export default async function SignInPage({ searchParams }: Props) {
  await connection();
  const { next, because } = await searchParams;
  return (
    <main className="mx-auto max-w-2xl px-5 pt-[12vh] pb-16">
      <Wordmark className="text-lg" />
      <h1 className="mt-8 text-xl font-semibold tracking-tight">Sign in</h1>
      <p className="mt-2 text-muted" role={because === 'out' ? 'status' : undefined}>
        {because === 'out' ? 'You are signed out.' : 'Accounts are made by invitation: ask an admin of this bench for one.'}
      </p>
      <SignInForm next={insidePath(typeof next === 'string' ? next : null)} problem={signInProblem(because)} />
    </main>
  );
}
