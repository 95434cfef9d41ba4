import Link from 'next/link';
import { paths } from '@/lib/paths.ts';
import { Wordmark } from '@/ui/wordmark.tsx';

export default function NotFound() {
  return (
    <main className="mx-auto max-w-2xl px-5 pt-[16vh]">
      <Wordmark className="text-lg" />
      <h1 className="mt-8 text-xl font-semibold tracking-tight">There is no such page</h1>
      <p className="mt-2 text-muted">
        The address may have been cut short. The{' '}
        <Link href={paths.leaderboard} className="link">
          leaderboard
        </Link>{' '}
        and the{' '}
        <Link href={paths.runs()} className="link">
          runs
        </Link>{' '}
        are where most things start.
      </p>
    </main>
  );
}
