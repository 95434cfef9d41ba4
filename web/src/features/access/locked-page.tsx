import { Wordmark } from '@/ui/wordmark.tsx';
import { KeyForm } from './key-form.tsx';

/** Stands in for every page when the house needs a key, or was shown a wrong one. */
export function LockedPage({ refused = false }: { refused?: boolean }) {
  return (
    <main className="mx-auto max-w-2xl px-5 pt-[16vh]">
      <Wordmark className="text-lg" />
      <h1 className="mt-8 text-xl font-semibold tracking-tight">{refused ? 'This key opens nothing here' : 'This bench needs a key'}</h1>
      <p className="mt-2 text-muted">
        {refused
          ? 'It may have been mistyped, belong to another Studyhall, or be a trainer’s token: those do not open pages.'
          : 'It is reached from other machines too, so reading needs a key as well.'}{' '}
        The link with a key is printed when Studyhall starts; it also lies in the file{' '}
        <code className="font-mono text-[0.8125rem]">key</code> of its home folder.
      </p>
      <KeyForm />
    </main>
  );
}
