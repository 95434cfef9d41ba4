import { Wordmark } from '@/ui/wordmark.tsx';
import { ForgetKey } from './forget-key.tsx';
import { KeyForm } from './key-form.tsx';

const reasons = {
  'no key': {
    title: 'This bench needs a key',
    text: 'It is reached from other machines too, so reading needs a key as well.',
  },
  'stale key': {
    title: 'This bench needs another key',
    text: 'The one that this browser kept is not known here any more: it was revoked, or belonged to an earlier Studyhall at this address.',
  },
  refused: {
    title: 'This key opens nothing here',
    text: 'It may have been mistyped, belong to another Studyhall, or be a trainer’s token: those do not open pages.',
  },
  unanswered: {
    title: 'The API is away',
    text: 'Nobody could say whether the key is right. Open the link again in a moment.',
  },
};

/** Stands in for every page when the house needs a key, was shown a wrong one, or could not look at it. */
export function LockedPage({ because }: { because: keyof typeof reasons }) {
  const { title, text } = reasons[because];
  return (
    <main className="mx-auto max-w-2xl px-5 pt-[16vh]">
      <Wordmark className="text-lg" />
      <h1 className="mt-8 text-xl font-semibold tracking-tight">{title}</h1>
      <p className="mt-2 text-muted">
        {text} The link with a key is printed when Studyhall starts; the key also lies in the file{' '}
        <code className="font-mono text-[0.8125rem]">key</code> of its home folder.
      </p>
      <KeyForm />
      {because === 'stale key' ? <ForgetKey /> : null}
    </main>
  );
}
