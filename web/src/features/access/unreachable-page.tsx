'use client';

import { useRouter } from 'next/navigation';
import { useEffect } from 'react';
import { Wordmark } from '@/ui/wordmark.tsx';

/** Stands in for every page while the API is away, and looks for it every few seconds; spread, so that many pages do not ask at once. */
export function UnreachablePage({ message }: { message: string }) {
  const router = useRouter();
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout>;
    const look = () => {
      timer = setTimeout(
        () => {
          router.refresh();
          look();
        },
        1500 + 3000 * Math.random(),
      );
    };
    look();
    return () => clearTimeout(timer);
  }, [router]);
  return (
    <main className="mx-auto max-w-2xl px-5 pt-[16vh]">
      <Wordmark className="text-lg" />
      <h1 className="mt-8 text-xl font-semibold tracking-tight">The API is away</h1>
      <p className="mt-2 text-muted">
        Runs go on without it: trainers keep what they measure and report it when it is back. This page opens by itself then.
      </p>
      <p role="status" className="mt-4 font-mono text-xs text-faint">
        {message}
      </p>
    </main>
  );
}
