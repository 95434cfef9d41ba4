import { Suspense } from 'react';
import { Wordmark } from '@/ui/wordmark.tsx';
import { ForgetKey } from './forget-key.tsx';
import { KeyForm } from './key-form.tsx';
import { SignInForm } from './sign-in-form.tsx';

const reasons = {
  'no key': {
    title: 'This bench needs a key',
    people: 'Sign in',
    text: 'It is reached from other machines too, so reading needs a key as well.',
  },
  'stale key': {
    title: 'This bench needs another key',
    people: 'Sign in again',
    text: 'The one that this browser kept is not known here any more: it was revoked, or belonged to an earlier Studyhall at this address.',
  },
  refused: {
    title: 'This key opens nothing here',
    people: 'This key opens nothing here',
    text: 'It may have been mistyped, belong to another Studyhall, or be a trainer’s token: those do not open pages.',
  },
  unanswered: {
    title: 'The API is away',
    people: 'The API is away',
    text: 'Nobody could say whether the key is right. Open the link again in a moment.',
  },
};

type Props = {
  because: keyof typeof reasons;
  /** Whether anybody can sign in by name. */
  hasPeople?: boolean;
};

/** Stands in for every page when the house needs a key or somebody signed in, was shown a wrong key, or could not look at it. */
export function LockedPage({ because, hasPeople = false }: Props) {
  const { title, people, text } = reasons[because];
  return (
    <main className="mx-auto max-w-2xl px-5 pt-[12vh] pb-16">
      <Wordmark className="text-lg" />
      <h1 className="mt-8 text-xl font-semibold tracking-tight">{hasPeople ? people : title}</h1>
      {hasPeople && because === 'stale key' ? (
        <p className="mt-2 text-muted">You were signed out: here, on another machine, by an admin, or because you were long away.</p>
      ) : null}
      {hasPeople ? (
        <>
          <Suspense>
            <SignInForm />
          </Suspense>
          <h2 className="mt-12 border-t border-line pt-5 font-medium">Or with a key</h2>
          <p className="mt-1 text-muted">The one in the file {keyFile} of Studyhall’s home folder, or a token of your own.</p>
        </>
      ) : (
        <p className="mt-2 text-muted">
          {text} The link with a key is printed when Studyhall starts; the key also lies in the file {keyFile} of its home folder.
        </p>
      )}
      <KeyForm />
      {because === 'stale key' ? <ForgetKey /> : null}
    </main>
  );
}

const keyFile = <code className="font-mono text-[0.8125rem]">key</code>;
